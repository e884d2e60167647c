// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/destination_tester.h"

namespace punctual::client
{

namespace
{

using namespace std::chrono_literals;

constexpr auto betweenLooks = 50ms;
constexpr std::chrono::milliseconds longestAttempt = 2min; // nobody waits longer for an answer

/// Whether it keeps the message for longer than anybody wants to wait.
bool isLasting(const Why& why)
{
    switch (why.code) {
    case WhyCode::Quota:
    case WhyCode::BreakerOpen:
    case WhyCode::HeldByAnswer:
    case WhyCode::Paused:
    case WhyCode::Locked:
        return true;
    default:
        return false;
    }
}

} // namespace

DestinationTester::DestinationTester(Client& client, Actor actor, QObject* context,
                                     Answer<DestinationTest> answer)
    : QObject(&client)
    , m_client(client)
    , m_actor(std::move(actor))
    , m_asker(context)
    , m_answer(std::move(answer))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(betweenLooks);
    connect(&m_pause, &QTimer::timeout, this, &DestinationTester::look);
}

void DestinationTester::run(const QString& destination, const Content& content)
{
    m_client.destination(m_actor, destination, this, [this, content](const Result<Destination>& found) {
        if (found)
            schedule(*found, content);
        else
            fail(found.error());
    });
}

void DestinationTester::schedule(const Destination& destination, const Content& content)
{
    const Duration batchWait = destination.batching ? destination.batching->maxWait : Duration{};
    const auto attempt = std::min<Duration>(destination.timeout + batchWait, longestAttempt);
    NewMessage message;
    message.destination = destination.name;
    message.content = content;
    message.priority = Priority::High;
    message.tags = {QString(testTag)};
    message.expiresAfter = patience + batchWait;
    message.maxAttempts = 1;
    m_leaveBy.setRemainingTime(patience);
    m_endBy.setRemainingTime(patience + std::chrono::ceil<std::chrono::milliseconds>(attempt));
    m_client.schedule(m_actor, {message}, std::nullopt, this, [this](const Result<Scheduled>& scheduled) {
        if (!scheduled)
            return fail(scheduled.error());
        m_test.message = scheduled->items.front().id;
        lookAgain();
    });
}

void DestinationTester::lookAgain()
{
    m_pause.start();
}

void DestinationTester::look()
{
    m_client.find(m_actor, m_test.message, this, [this](const Result<Message>& message) {
        if (message)
            judge(*message);
        else
            fail(message.error());
    });
}

void DestinationTester::judge(const Message& message)
{
    m_test.state = message.state;
    switch (message.state) {
    case MessageState::Scheduled:
    case MessageState::Retrying: // a claim that was not used
        return m_leaveBy.hasExpired() || !m_asker ? giveUp() : askWhy();
    case MessageState::Delivering:
        m_test.why.reset();
        return m_endBy.hasExpired() ? askWhy() : lookAgain();
    case MessageState::Cancelled:
    case MessageState::Expired:
        return finish();
    case MessageState::Delivered:
    case MessageState::Dead:
    case MessageState::Unknown:
        return takeAttempt();
    }
}

void DestinationTester::askWhy()
{
    m_client.why(m_actor, m_test.message, this, [this](const Result<Why>& why) {
        if (!why)
            return fail(why.error());
        if (why->code == WhyCode::Over || (why->code == WhyCode::Delivering && !m_endBy.hasExpired()))
            return lookAgain();
        m_test.why = *why;
        if (why->code == WhyCode::Delivering)
            finish();
        else if (isLasting(*why))
            giveUp();
        else
            lookAgain();
    });
}

void DestinationTester::giveUp()
{
    m_client.cancel(m_actor, m_test.message, this, [this](const Result<CancelVerdict>& verdict) {
        if (!verdict)
            return fail(verdict.error());
        if (!verdict->isCancelled())
            return lookAgain(); // it has left in this very moment
        m_test.state = MessageState::Cancelled;
        finish();
    });
}

void DestinationTester::takeAttempt()
{
    m_client.attempts(m_actor, m_test.message, this, [this](const Result<std::vector<Attempt>>& attempts) {
        if (!attempts)
            return fail(attempts.error());
        if (!attempts->empty())
            m_test.attempt = attempts->back();
        m_test.why.reset();
        if (m_test.state != MessageState::Unknown)
            return finish();
        // Nobody has to decide about a test.
        m_client.resolve(m_actor, m_test.message, MessageState::Dead, this,
                         [this](const Result<MoveVerdict>& verdict) {
                             if (verdict && verdict->state)
                                 m_test.state = *verdict->state;
                             finish();
                         });
    });
}

void DestinationTester::finish()
{
    if (m_asker)
        m_answer(m_test);
    deleteLater();
}

void DestinationTester::fail(const Error& error)
{
    if (m_asker)
        m_answer(tl::unexpected(error));
    deleteLater();
}

} // namespace punctual::client
