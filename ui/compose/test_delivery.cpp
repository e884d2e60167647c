// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/test_delivery.h"

#include "core/uuid_v7.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration patience = 30s;

} // namespace

TestDelivery::TestDelivery(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    m_next.setSingleShot(true);
    m_next.setInterval(250ms);
    connect(&m_next, &QTimer::timeout, this, &TestDelivery::ask);
}

void TestDelivery::send(NewMessage message)
{
    m_next.stop();
    m_sentAt = m_workspace.clock.now();
    m_id = makeUuidV7(m_sentAt);
    m_destination = message.destination;
    message.id = m_id;
    message.due = Duration{};
    message.key.clear(); // it holds up no other message, and none holds it up
    message.maxAttempts = 1;
    message.tags << QStringLiteral("test");
    Q_EMIT progressed(tr("Sending a test to %1…").arg(m_destination), Tone::Busy);
    m_workspace.client.schedule(m_workspace.actor, {std::move(message)}, std::nullopt, this,
                                [this, id = m_id](const Result<client::Scheduled>& answer) {
                                    if (id == m_id)
                                        takeScheduled(answer);
                                });
}

void TestDelivery::takeScheduled(const Result<client::Scheduled>& answer)
{
    if (answer)
        m_next.start();
    else
        Q_EMIT progressed(tr("The test could not be sent. %1").arg(errorText(answer.error())), Tone::Bad);
}

void TestDelivery::ask()
{
    m_workspace.client.find(m_workspace.actor, m_id, this, [this, id = m_id](const Result<Message>& answer) {
        if (id == m_id)
            take(answer);
    });
}

void TestDelivery::take(const Result<Message>& answer)
{
    const bool isOpen = answer && !isFinal(answer->state) && answer->state != MessageState::Unknown;
    if (answer && !isOpen) {
        tell(*answer);
        return;
    }
    if (m_workspace.clock.now() - m_sentAt < patience) {
        m_next.start();
        return;
    }
    Q_EMIT progressed(tr("The test has not left yet. The list of messages says why."), Tone::Warning);
}

void TestDelivery::tell(const Message& message)
{
    const QString status =
        message.lastStatus != 0 ? tr("HTTP %1").arg(message.lastStatus) : message.lastError;
    if (message.state == MessageState::Delivered)
        Q_EMIT progressed(tr("Test delivered to %1: %2, %3 after the click.")
                              .arg(m_destination, status, spanText(m_workspace.clock.now() - m_sentAt)),
                          Tone::Good);
    else
        Q_EMIT progressed(tr("The test to %1 failed (%2). %3")
                              .arg(m_destination, stateName(message.state),
                                   message.lastError.isEmpty() ? status : message.lastError),
                          Tone::Bad);
}

} // namespace punctual::ui
