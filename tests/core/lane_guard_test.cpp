// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attempt.h"
#include "core/lane_guard.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

LaneReport wants(int wanted)
{
    LaneReport report;
    report.wanted = wanted;
    return report;
}

LaneReport failures(int count)
{
    LaneReport report;
    report.failures = report.failuresAtEnd = count;
    report.lastFailure = QStringLiteral("HTTP status 500");
    return report;
}

Exchange answer(int status, std::vector<Header> headers = {}, std::optional<Duration> retryAfter = {})
{
    Exchange exchange;
    exchange.ending = Exchange::Ending::Answered;
    exchange.status = status;
    exchange.headers = std::move(headers);
    exchange.retryAfter = retryAfter;
    exchange.endedAt = at();
    return exchange;
}

} // namespace

class LaneGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatThisMachineCannotDoIsNotSent();
    void withoutRulesALaneIsFree();
    void aPauseThatTheThirdPartyAskedForShutsAnyLane();
    void aRateLimitGivesPermitsUntilItIsReached();
    void saysHowManyMoreAreLeft();
    void theQuotaLimitsWhatTheRateWouldLetGo();
    void permitsThatWereNotUsedComeBackToTheQuota();
    void whatTheRateRefusesIsNotTakenFromTheQuota();
    void permitsOfAQuotaEndWithItsPeriod();
    void anOpenBreakerLetsNothingGoAndSaysWhy();
    void aHalfOpenBreakerLetsProbesGo();
    void whatEndsTheSendingIsUrgent();
    void callsOfATimeBeforeItOpenedDoNotCount();
    void answersTellOfFailuresAndPauses_data();
    void answersTellOfFailuresAndPauses();
    void reportsAddUp();
};

void LaneGuardTest::withoutRulesALaneIsFree()
{
    const LaneGuard guard{Destination{}};
    LaneState state;
    const auto answer = guard.settle(state, wants(10), at());
    QVERIFY(answer.free);
    QCOMPARE(answer.grant.permits, 0);
}

void LaneGuardTest::aPauseThatTheThirdPartyAskedForShutsAnyLane()
{
    const LaneGuard guard{Destination{}};
    LaneState state;
    auto report = wants(10);
    report.holdUntil = at() + 5s;
    report.holdBecause = QStringLiteral("status 429 with Retry-After");
    auto answer = guard.settle(state, report, at());
    QVERIFY(!answer.free && guard.isShut(state, at()));
    QCOMPARE(answer.grant.permits, 0);
    QCOMPARE(answer.askAgainAt, std::optional(at() + 5s));
    report.holdUntil = at() + 2s; // does not shorten it
    (void)guard.settle(state, report, at());
    QCOMPARE(state.heldUntil, std::optional(at() + 5s));
    answer = guard.settle(state, wants(10), at() + 5s);
    QVERIFY(answer.free && !state.heldUntil && state.heldBecause.isEmpty());
}

void LaneGuardTest::aRateLimitGivesPermitsUntilItIsReached()
{
    Destination destination;
    destination.rateLimit = RateLimit{RateAlgorithm::SlidingLog, 10, 1s, 10};
    const LaneGuard guard(destination);
    LaneState state;
    const auto first = guard.settle(state, wants(15), at());
    QVERIFY(!first.free);
    QCOMPARE(first.grant.permits, 10);
    QVERIFY(first.askAgainAt && *first.askAgainAt > at());
    QCOMPARE(guard.settle(state, wants(5), at() + 10ms).grant.permits, 0);
    QVERIFY(guard.settle(state, wants(5), *first.askAgainAt).grant.permits > 0);
}

void LaneGuardTest::saysHowManyMoreAreLeft()
{
    Destination destination;
    destination.quota = Quota{100, QuotaPeriod::Hour, "UTC"};
    const LaneGuard guard{destination};
    LaneState state;
    QCOMPARE(guard.settle(state, wants(40), at()).spare, 40); // of 60
    const auto second = guard.settle(state, wants(40), at());
    QCOMPARE(second.grant.permits, 40); // those that were spare had not been taken
    QCOMPARE(second.spare, 20);
    QCOMPARE(guard.settle(state, wants(40), at()).spare, 0);
}

void LaneGuardTest::theQuotaLimitsWhatTheRateWouldLetGo()
{
    Destination destination;
    destination.rateLimit = RateLimit{RateAlgorithm::FixedWindow, 100, 1s, 100};
    destination.quota = Quota{30, QuotaPeriod::Hour, "UTC"};
    const LaneGuard guard(destination);
    LaneState state;
    QCOMPARE(guard.settle(state, wants(50), at()).grant.permits, 30);
    const auto none = guard.settle(state, wants(50), at() + 2s);
    QCOMPARE(none.grant.permits, 0);
    QCOMPARE(none.askAgainAt, std::optional(at() + 1h));
    const auto view = guard.view(state, at() + 2s);
    QCOMPARE(view.quotaUsed, std::optional<qint64>(30));
    QCOMPARE(view.quotaResetsAt, std::optional(at() + 1h));
    QCOMPARE(guard.settle(state, wants(50), at() + 1h).grant.permits, 30);
}

void LaneGuardTest::permitsThatWereNotUsedComeBackToTheQuota()
{
    Destination destination;
    destination.quota = Quota{30, QuotaPeriod::Hour, "UTC"};
    const LaneGuard guard(destination);
    LaneState state;
    QCOMPARE(guard.settle(state, wants(30), at()).grant.permits, 30);
    auto report = wants(10);
    report.unused = {{at(), 4}};
    QCOMPARE(guard.settle(state, report, at() + 2s).grant.permits, 4);
}

void LaneGuardTest::whatTheRateRefusesIsNotTakenFromTheQuota()
{
    Destination destination;
    destination.rateLimit = RateLimit{RateAlgorithm::SlidingLog, 5, 1s, 5};
    destination.quota = Quota{30, QuotaPeriod::Hour, "UTC"};
    const LaneGuard guard(destination);
    LaneState state;
    QCOMPARE(guard.settle(state, wants(30), at()).grant.permits, 5);
    QCOMPARE(guard.view(state, at()).quotaUsed, std::optional<qint64>(5));
}

void LaneGuardTest::permitsOfAQuotaEndWithItsPeriod()
{
    Destination destination;
    destination.quota = Quota{30, QuotaPeriod::Minute, "UTC"};
    const LaneGuard guard(destination);
    LaneState state;
    const auto late = guard.settle(state, wants(5), at() + 59s + 900ms);
    QVERIFY(late.grant.first + late.grant.validity <= at() + 60s);
}

void LaneGuardTest::anOpenBreakerLetsNothingGoAndSaysWhy()
{
    Destination destination;
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 3, .open = 30s};
    const LaneGuard guard(destination);
    LaneState state;
    QVERIFY(guard.settle(state, wants(1), at()).free);
    const auto shut = guard.settle(state, failures(3), at());
    QVERIFY(!shut.free && guard.isShut(state, at()));
    QCOMPARE(state.breakerCause, QStringLiteral("3 calls in a row failed; the last one: HTTP status 500"));
    const auto view = guard.view(state, at());
    QCOMPARE(view.breaker, std::optional(BreakerState::Open));
    QCOMPARE(view.breakerUntil, std::optional(at() + 30s));
    QCOMPARE(guard.settle(state, wants(10), at() + 1s).askAgainAt, std::optional(at() + 30s));
}

void LaneGuardTest::aHalfOpenBreakerLetsProbesGo()
{
    Destination destination;
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 3, .open = 30s, .probes = 1};
    const LaneGuard guard(destination);
    LaneState state;
    (void)guard.settle(state, failures(3), at());
    QCOMPARE(guard.settle(state, wants(10), at() + 30s).grant.permits, 1);
    QCOMPARE(guard.settle(state, wants(10), at() + 30s).grant.permits, 0);
    LaneReport good = wants(10);
    good.successes = 1;
    QVERIFY(guard.settle(state, good, at() + 31s).free);
    QVERIFY(state.breakerCause.isEmpty());
}

void LaneGuardTest::whatEndsTheSendingIsUrgent()
{
    Destination destination;
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 5};
    const LaneGuard guard{destination};
    LaneState state;
    QVERIFY(guard.settle(state, failures(2), at()).free);
    QVERIFY(!guard.isUrgent(state, failures(2), at())); // four in a row
    QVERIFY(guard.isUrgent(state, failures(3), at()));
    QVERIFY(!guard.isShut(state, at())); // asking alone does not open it
    LaneReport pause;
    pause.holdUntil = at() + 5s;
    QVERIFY(guard.isUrgent(state, pause, at()));
    QVERIFY(!guard.isUrgent(state, pause, at() + 5s));
    QVERIFY(!LaneGuard{Destination{}}.isUrgent(state, failures(100), at()));
}

void LaneGuardTest::callsOfATimeBeforeItOpenedDoNotCount()
{
    Destination destination;
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 5, .open = 30s};
    const LaneGuard guard{destination};
    LaneState state;
    Exchange call = answer(200);
    call.startedAt = at() - 1s;
    QVERIFY(guard.counts(state, call));
    (void)guard.settle(state, failures(5), at()); // opens
    QVERIFY(!guard.counts(state, call));
    QCOMPARE(guard.settle(state, wants(1), at() + 30s).grant.permits, 1); // a probe
    QVERIFY(!guard.counts(state, call));
    call.startedAt = at() + 30s;
    QVERIFY(guard.counts(state, call));
    QVERIFY(!LaneGuard{Destination{}}.counts(state, call));
}

void LaneGuardTest::answersTellOfFailuresAndPauses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("retryAfter"); // seconds; 0: none
    QTest::addColumn<int>("remaining");  // -1: not said
    QTest::addColumn<int>("failures");
    QTest::addColumn<int>("heldFor"); // seconds; 0: not
    QTest::newRow("200") << 200 << 0 << -1 << 0 << 0;
    QTest::newRow("500") << 500 << 0 << -1 << 1 << 0;
    QTest::newRow("429 with Retry-After") << 429 << 7 << -1 << 0 << 7;
    QTest::newRow("503 with Retry-After") << 503 << 7 << -1 << 1 << 7;
    QTest::newRow("500 with Retry-After holds its own message only") << 500 << 7 << -1 << 1 << 0;
    QTest::newRow("something remains") << 200 << 0 << 3 << 0 << 0;
    QTest::newRow("nothing remains") << 200 << 0 << 0 << 0 << 20;
}

void LaneGuardTest::answersTellOfFailuresAndPauses()
{
    QFETCH(const int, status);
    QFETCH(const int, retryAfter);
    QFETCH(const int, remaining);
    QFETCH(const int, failures);
    QFETCH(const int, heldFor);
    std::vector<Header> headers;
    if (remaining >= 0)
        headers = {{"ratelimit-limit", "100"},
                   {"ratelimit-remaining", QByteArray::number(remaining)},
                   {"ratelimit-reset", "20"}};
    const auto report = LaneGuard::reportOf(
        answer(status, headers,
               retryAfter > 0 ? std::optional<Duration>(std::chrono::seconds(retryAfter)) : std::nullopt),
        true);
    QCOMPARE(report.failures, failures);
    QCOMPARE(report.successes, 1 - failures);
    QCOMPARE(report.holdUntil,
             heldFor > 0 ? std::optional(at() + std::chrono::seconds(heldFor)) : std::nullopt);
    QCOMPARE(report.said.remaining, remaining >= 0 ? std::optional<qint64>(remaining) : std::nullopt);
}

void LaneGuardTest::reportsAddUp()
{
    LaneReport sum = failures(2);
    sum.add(failures(3));
    QCOMPARE(sum.failures, 5);
    QCOMPARE(sum.failuresAtEnd, 5);
    LaneReport mixed = failures(1);
    mixed.successes = 4;
    sum.add(mixed);
    QCOMPARE(sum.failures, 6);
    QCOMPARE(sum.failuresAtEnd, 1);
    QCOMPARE(sum.successes, 4);
}

/// Better than by a quota of other days.
void LaneGuardTest::whatThisMachineCannotDoIsNotSent()
{
    Destination destination;
    destination.quota = Quota{100, QuotaPeriod::Day, "Asia/Singapore"};
    QVERIFY(LaneGuard(destination).lockedBecause().isEmpty());
    destination.quota->timeZone = "Atlantis/Capital";
    const LaneGuard guard(destination);
    QVERIFY(guard.lockedBecause().contains(QStringLiteral("Atlantis/Capital")));
    LaneState state;
    const auto answer = guard.settle(state, wants(1), at());
    QVERIFY(!answer.free);
    QCOMPARE(answer.grant.permits, 0);
}

PUNCTUAL_TEST(LaneGuardTest)
#include "lane_guard_test.moc"
