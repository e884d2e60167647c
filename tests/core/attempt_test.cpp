// SPDX-License-Identifier: GPL-3.0-or-later
// What an exchange came to, and what follows.
#include "core/attempt.h"
#include "support/test_main.h"

using namespace punctual;
using namespace std::chrono_literals;
using Ending = Exchange::Ending;

namespace
{

Exchange answered(int status, std::optional<Duration> retryAfter = {})
{
    Exchange exchange;
    exchange.ending = Ending::Answered;
    exchange.status = status;
    exchange.retryAfter = retryAfter;
    return exchange;
}

Exchange broken(Ending ending)
{
    Exchange exchange;
    exchange.ending = ending;
    return exchange;
}

} // namespace

class AttemptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesEveryStatus();
    void judgesStatuses_data();
    void judgesStatuses();
    void judgesBrokenExchanges_data();
    void judgesBrokenExchanges();
    void choosesTheNextStep_data();
    void choosesTheNextStep();
    void obeysRetryAfterBeyondTheCap();
    void beginsNoAttemptBeyondTheGreatestAge_data();
    void beginsNoAttemptBeyondTheGreatestAge();
    void pausesTheDestinationThatSaysStop();
    void everyStepIsAnArrow();
};

void AttemptTest::judgesEveryStatus()
{
    for (int status = 100; status < 600; ++status) {
        const bool again = status >= 500 || status == 408 || status == 425 || status == 429;
        const auto expected = status / 100 == 2 ? Outcome::Delivered
                              : again           ? Outcome::Failed
                                                : Outcome::Refused;
        QCOMPARE(judge(answered(status)), expected);
    }
}

void AttemptTest::judgesStatuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("200 is delivered") << 200 << Outcome::Delivered;
    QTest::newRow("299 is delivered") << 299 << Outcome::Delivered;
    QTest::newRow("a redirect is refused") << 301 << Outcome::Refused;
    QTest::newRow("not modified is refused") << 304 << Outcome::Refused;
    QTest::newRow("a bad request is refused") << 400 << Outcome::Refused;
    QTest::newRow("not found is refused") << 404 << Outcome::Refused;
    QTest::newRow("gone is refused") << 410 << Outcome::Refused;
    QTest::newRow("a request time-out is tried again") << 408 << Outcome::Failed;
    QTest::newRow("too early is tried again") << 425 << Outcome::Failed;
    QTest::newRow("too many requests is tried again") << 429 << Outcome::Failed;
    QTest::newRow("a server error is tried again") << 500 << Outcome::Failed;
    QTest::newRow("599 is tried again") << 599 << Outcome::Failed;
}

void AttemptTest::judgesStatuses()
{
    QFETCH(int, status);
    QTEST(judge(answered(status)), "outcome");
}

void AttemptTest::judgesBrokenExchanges_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("a request that never left failed") << Ending::NotSent << Outcome::Failed;
    QTest::newRow("a request without an answer is unknown") << Ending::NoAnswer << Outcome::Unknown;
    QTest::newRow("an address that is not allowed is refused") << Ending::NotAllowed << Outcome::Refused;
}

void AttemptTest::judgesBrokenExchanges()
{
    QFETCH(Ending, ending);
    QTEST(judge(broken(ending)), "outcome");
}

void AttemptTest::choosesTheNextStep_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<OnUnknown>("onUnknown");
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<Duration>("delay");
    const auto row = [](const char* sentence, const Exchange& exchange, int attempt, MessageState state,
                        Duration delay = {}, OnUnknown onUnknown = OnUnknown::Retry) {
        QTest::newRow(sentence) << exchange << attempt << onUnknown << state << delay;
    };
    using enum MessageState;
    row("an answer of 2xx ends it", answered(200), 1, Delivered);
    row("an answer of 2xx ends the last attempt", answered(200), 3, Delivered);
    row("2xx with Retry-After is delivered all the same", answered(202, 9s), 1, Delivered);
    row("a failure is tried again", answered(500), 1, Retrying, 1s);
    row("the second failure waits longer", answered(500), 2, Retrying, 2s);
    row("the last failure is dead", answered(500), 3, Dead);
    row("more attempts than allowed are dead", answered(500), 4, Dead);
    row("a refusal is dead at once", answered(404), 1, Dead);
    row("an address that is not allowed is dead at once", broken(Ending::NotAllowed), 1, Dead);
    row("no connection is tried again", broken(Ending::NotSent), 1, Retrying, 1s);
    row("no connection at the last attempt is dead", broken(Ending::NotSent), 3, Dead);
    row("no answer is tried again by policy", broken(Ending::NoAnswer), 1, Retrying, 1s);
    row("no answer at the last attempt is dead by policy", broken(Ending::NoAnswer), 3, Dead);
    row("no answer is held by policy", broken(Ending::NoAnswer), 1, Unknown, {}, OnUnknown::Hold);
    row("no answer is held at the last attempt too", broken(Ending::NoAnswer), 3, Unknown, {},
        OnUnknown::Hold);
    row("a failure is not held", answered(500), 1, Retrying, 1s, OnUnknown::Hold);
    row("Retry-After is obeyed when it is longer", answered(429, 60s), 1, Retrying, 60s);
    row("Retry-After does not shorten the wait", answered(429, 10ms), 1, Retrying, 1s);
    row("Retry-After does not bring back the dead", answered(429, 60s), 3, Dead);
}

void AttemptTest::choosesTheNextStep()
{
    QFETCH(Exchange, exchange);
    QFETCH(int, attempt);
    QFETCH(OnUnknown, onUnknown);
    const RetryPolicy retry{.initialDelay = 1s, .jitter = 0};
    const NextStep step = nextStep(exchange, attempt, 3, retry, onUnknown, 0);
    QTEST(step.state, "state");
    QTEST(step.delay, "delay");
}

void AttemptTest::obeysRetryAfterBeyondTheCap()
{
    const RetryPolicy retry{.initialDelay = 1s, .maxDelay = 5s, .jitter = 0};
    QCOMPARE(nextStep(answered(503, 2h), 1, 3, retry, OnUnknown::Retry, 0).delay, Duration(2h));
}

void AttemptTest::beginsNoAttemptBeyondTheGreatestAge_data()
{
    QTest::addColumn<std::optional<Duration>>("maxAge");
    QTest::addColumn<std::optional<Duration>>("retryAfter");
    QTest::addColumn<MessageState>("state");
    const auto row = [](const char* sentence, std::optional<Duration> maxAge,
                        std::optional<Duration> retryAfter,
                        MessageState state) { QTest::newRow(sentence) << maxAge << retryAfter << state; };
    using enum MessageState;
    row("no greatest age", {}, 24h, Retrying);
    row("an attempt at the greatest age", 11s, {}, Retrying);
    row("an attempt just beyond it", 11s - Duration(1), {}, Dead);
    row("Retry-After leads beyond it", 60s, 51s, Dead);
    row("Retry-After stays within it", 60s, 50s, Retrying);
}

void AttemptTest::beginsNoAttemptBeyondTheGreatestAge()
{
    QFETCH(std::optional<Duration>, maxAge);
    QFETCH(std::optional<Duration>, retryAfter);
    const Instant due = instantOf(1'800'000'000'000'000);
    Exchange exchange = answered(500, retryAfter);
    exchange.endedAt = due + 10s;
    const RetryPolicy retry{.initialDelay = 1s, .jitter = 0, .maxAge = maxAge};
    QTEST(nextStep(exchange, 1, 3, retry, OnUnknown::Retry, 0, due).state, "state");
}

void AttemptTest::pausesTheDestinationThatSaysStop()
{
    const auto step = [](const Exchange& exchange, const RetryPolicy& retry) {
        return nextStep(exchange, 1, 3, retry, OnUnknown::Retry, 0);
    };
    QVERIFY(step(answered(410), {}).pauseDestination);
    QCOMPARE(step(answered(410), {}).state, MessageState::Dead);
    QVERIFY(!step(answered(404), {}).pauseDestination);
    QVERIFY(!step(answered(500), {}).pauseDestination);
    QVERIFY(!step(broken(Ending::NotSent), {}).pauseDestination);
    QVERIFY(step(answered(403), {.stopOn = {403}}).pauseDestination);
    QVERIFY(!step(answered(410), {.stopOn = {403}}).pauseDestination);
    QCOMPARE(step(answered(404), {.retryOn = {404}}).state, MessageState::Retrying);
    QCOMPARE(judge(answered(500), {.retryOn = {404}}), Outcome::Refused);
}

void AttemptTest::everyStepIsAnArrow()
{
    for (const auto ending : {Ending::Answered, Ending::NotSent, Ending::NoAnswer, Ending::NotAllowed})
        for (int status = 200; status < 600; ++status)
            for (const auto onUnknown : {OnUnknown::Retry, OnUnknown::Hold})
                for (const int attempt : {1, 5}) {
                    Exchange exchange = answered(status);
                    exchange.ending = ending;
                    const auto step = nextStep(exchange, attempt, 5, {}, onUnknown, 0.5);
                    QVERIFY(mayMove(MessageState::Delivering, step.state));
                }
}

PUNCTUAL_TEST(AttemptTest)

#include "attempt_test.moc"
