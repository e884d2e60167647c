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
