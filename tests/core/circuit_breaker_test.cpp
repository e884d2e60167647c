// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attempt.h"
#include "core/circuit_breaker.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

const Instant start = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));

CircuitBreakerSettings settings()
{
    return {.failureRatio = 0.5,
            .minCalls = 20,
            .window = 60s,
            .consecutiveFailures = 5,
            .open = 30s,
            .maxOpen = 100s,
            .probes = 2};
}

BreakerState stateOf(const LimiterState& state, Instant now)
{
    return CircuitBreaker::stateAt(state, now);
}

} // namespace

Q_DECLARE_METATYPE(punctual::Exchange)

class CircuitBreakerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensByTheShareOfFailures();
    void fewCallsDoNotOpenIt();
    void opensByFailuresInARow();
    void aSuccessEndsTheRow();
    void forgetsWhatLeftTheWindow();
    void probesDecideAfterTheOpenTime();
    void opensTwiceAsLongUpToTheMost();
    void aLostProbeIsGivenUp();
    void lateAnswersDoNotMoveAnOpenBreaker();
    void aClockThatIsSetBackForgetsTheFuture();
    void failuresAreWhatTheThirdPartyFailedAt_data();
    void failuresAreWhatTheThirdPartyFailedAt();
    void settingsAreReadAndWritten();
    void badSettingsAreRefusedByName_data();
    void badSettingsAreRefusedByName();

private:
    /// Lets as many go as may.
    int go(LimiterState& state, Instant now, int wanted)
    {
        const int calls = m_breaker.available(state, now, wanted);
        m_breaker.book(state, now, calls);
        return calls;
    }

    CircuitBreaker m_breaker{settings(), 15s};
};

void CircuitBreakerTest::opensByTheShareOfFailures()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 11, 4, 0));
    QVERIFY(!m_breaker.report(state, start + 1s, 0, 4, 4));          // 8 of 19
    const auto cause = m_breaker.report(state, start + 2s, 1, 4, 3); // 12 of 24
    QCOMPARE(cause, std::optional(QStringLiteral("12 of 24 calls failed within 60 s")));
    QCOMPARE(stateOf(state, start + 2s), BreakerState::Open);
    QCOMPARE(go(state, start + 3s, 10), 0);
    QCOMPARE(CircuitBreaker::reopensAt(state), std::optional(start + 32s));
}

void CircuitBreakerTest::fewCallsDoNotOpenIt()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 1, 4, 4));
    QCOMPARE(stateOf(state, start), BreakerState::Closed);
    QCOMPARE(go(state, start, 10), 10);
}

void CircuitBreakerTest::opensByFailuresInARow()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 0, 4, 4));
    QVERIFY(m_breaker.report(state, start + 10min, 0, 1, 1)); // however far apart
    QCOMPARE(stateOf(state, start + 10min), BreakerState::Open);
}

void CircuitBreakerTest::aSuccessEndsTheRow()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 0, 4, 4));
    QVERIFY(!m_breaker.report(state, start + 1s, 1, 2, 2));
    QVERIFY(!m_breaker.report(state, start + 2s, 0, 2, 2)); // four after the success
    QVERIFY(m_breaker.report(state, start + 3s, 0, 1, 1));
}

void CircuitBreakerTest::forgetsWhatLeftTheWindow()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 9, 10, 0));      // 19 calls
    QVERIFY(!m_breaker.report(state, start + 61s, 2, 4, 4)); // 4 of 6
    QVERIFY(state.size() < 20);
}

void CircuitBreakerTest::probesDecideAfterTheOpenTime()
{
    LimiterState state;
    QVERIFY(m_breaker.report(state, start, 0, 5, 5));
    QCOMPARE(go(state, start + 29s, 10), 0);
    QCOMPARE(stateOf(state, start + 30s), BreakerState::HalfOpen);
    QCOMPARE(go(state, start + 30s, 1), 1);
    QCOMPARE(go(state, start + 30s, 10), 1); // two probes in all
    QCOMPARE(go(state, start + 30s, 10), 0);
    QVERIFY(!m_breaker.report(state, start + 31s, 1, 0, 0));
    QCOMPARE(stateOf(state, start + 31s), BreakerState::HalfOpen);
    QCOMPARE(go(state, start + 31s, 10), 0);
    QVERIFY(!m_breaker.report(state, start + 32s, 1, 0, 0));
    QCOMPARE(stateOf(state, start + 32s), BreakerState::Closed);
    QCOMPARE(go(state, start + 32s, 10), 10);
}

void CircuitBreakerTest::opensTwiceAsLongUpToTheMost()
{
    LimiterState state;
    QVERIFY(m_breaker.report(state, start, 0, 5, 5));
    Instant now = start;
    for (const auto time : {30s, 60s, 100s, 100s}) {
        QCOMPARE(CircuitBreaker::reopensAt(state), std::optional(now + time));
        now += time;
        QCOMPARE(go(state, now, 1), 1);
        QVERIFY(m_breaker.report(state, now, 0, 1, 1));
    }
    now += 100s;
    QCOMPARE(go(state, now, 2), 2);
    QVERIFY(!m_breaker.report(state, now, 2, 0, 0));
    QVERIFY(m_breaker.report(state, now, 0, 5, 5));
    QCOMPARE(CircuitBreaker::reopensAt(state), std::optional(now + 30s)); // it begins anew
}

void CircuitBreakerTest::aLostProbeIsGivenUp()
{
    LimiterState state;
    QVERIFY(m_breaker.report(state, start, 0, 5, 5));
    QCOMPARE(go(state, start + 30s, 2), 2);
    QCOMPARE(go(state, start + 44s, 2), 0);
    QCOMPARE(CircuitBreaker::nextProbeAt(state), std::optional(start + 45s));
    QCOMPARE(go(state, start + 45s, 2), 2);
    m_breaker.giveBack(state, 1); // it did not go
    QCOMPARE(go(state, start + 46s, 2), 1);
}

void CircuitBreakerTest::lateAnswersDoNotMoveAnOpenBreaker()
{
    LimiterState state;
    QVERIFY(m_breaker.report(state, start, 0, 5, 5));
    QVERIFY(!m_breaker.report(state, start + 5s, 50, 3, 0));
    QCOMPARE(stateOf(state, start + 5s), BreakerState::Open);
    QCOMPARE(CircuitBreaker::reopensAt(state), std::optional(start + 30s));
}

void CircuitBreakerTest::aClockThatIsSetBackForgetsTheFuture()
{
    LimiterState state;
    QVERIFY(!m_breaker.report(state, start, 9, 10, 0));
    QVERIFY(!m_breaker.report(state, start - 1h, 2, 4, 4));
    QCOMPARE(stateOf(state, start - 1h), BreakerState::Closed);
}

void CircuitBreakerTest::failuresAreWhatTheThirdPartyFailedAt_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::addColumn<bool>("concerns");
    QTest::addColumn<bool>("fails");
    using enum Exchange::Ending;
    const auto row = [](const char* name, Exchange::Ending ending, int status, bool concerns, bool fails) {
        Exchange exchange;
        exchange.ending = ending;
        exchange.status = status;
        QTest::newRow(name) << exchange << concerns << fails;
    };
    row("200 succeeds", Answered, 200, true, false);
    row("404 is alive", Answered, 404, true, false);
    row("429 has a pause of its own", Answered, 429, true, false);
    row("500 fails", Answered, 500, true, true);
    row("503 fails", Answered, 503, true, true);
    row("no connection fails", NotSent, 0, true, true);
    row("no answer fails", NoAnswer, 0, true, true);
    row("an address that is not allowed says nothing", NotAllowed, 0, false, false);
    row("what was not sent says nothing", Outdated, 0, false, false);
}

void CircuitBreakerTest::failuresAreWhatTheThirdPartyFailedAt()
{
    QFETCH(const Exchange, exchange);
    QFETCH(const bool, concerns);
    QFETCH(const bool, fails);
    QCOMPARE(concernsBreaker(exchange), concerns);
    QCOMPARE(isBreakerFailure(exchange), fails);
}

void CircuitBreakerTest::settingsAreReadAndWritten()
{
    std::vector<FieldError> errors;
    const auto read = readCircuitBreaker(toJson(settings()), QString(), errors);
    QVERIFY(errors.empty());
    QCOMPARE(read, settings());
}

void CircuitBreakerTest::badSettingsAreRefusedByName_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* field, const QJsonValue& value) {
        QTest::newRow(name) << QJsonObject{{QString::fromLatin1(field), value}}
                            << QStringLiteral("/circuit_breaker/") + QString::fromLatin1(field);
    };
    row("a ratio of 0", "failure_ratio", 0);
    row("a ratio above 1", "failure_ratio", 1.5);
    row("no calls", "min_calls", 0);
    row("no window", "window_ms", 0);
    row("no failures", "consecutive_failures", 0);
    row("no time open", "open_ms", 0);
    row("a most below the time open", "max_open_ms", 1000);
    row("no probes", "probes", 0);
    row("an unknown field", "openms", 5);
}

void CircuitBreakerTest::badSettingsAreRefusedByName()
{
    QFETCH(const QJsonObject, object);
    QFETCH(const QString, pointer);
    std::vector<FieldError> errors;
    (void)readCircuitBreaker(object, QStringLiteral("/circuit_breaker"), errors);
    QCOMPARE(errors.size(), std::size_t(1));
    QCOMPARE(errors.front().pointer, pointer);
}

PUNCTUAL_TEST(CircuitBreakerTest)
#include "circuit_breaker_test.moc"
