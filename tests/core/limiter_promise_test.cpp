// SPDX-License-Identifier: GPL-3.0-or-later
// The promise of the rate limiters: whatever the takers do within their grants, the rule holds, and at least
// 90 % of it is reached while there is work.
#include "limiter_simulation.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <cmath>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;
using enum RateAlgorithm;

namespace
{

struct Pair
{
    const char* name;
    qint64 limit;
    Duration per;
};

constexpr std::array<Pair, 5> pairs{{{"1 a second", 1, 1s},
                                     {"5 in 100 ms", 5, 100ms},
                                     {"100 a second", 100, 1s},
                                     {"1,000 a second", 1000, 1s},
                                     {"60 a minute", 60, 60s}}};

constexpr std::array algorithms{TokenBucket, LeakyBucket, FixedWindow, SlidingWindow, SlidingLog};

std::vector<Instant> timesOf(const Run& run, Instant Use::*which, Instant from = {})
{
    std::vector<Instant> times;
    for (const Use& use : run.uses)
        if (use.real >= from)
            times.push_back(use.*which);
    std::sort(times.begin(), times.end());
    return times;
}

/// What is worst by the rule, and what the rule allows.
std::pair<double, double> worst(const RateLimit& rate, const std::vector<Instant>& times)
{
    const auto limit = static_cast<double>(rate.limit);
    switch (rate.algorithm) {
    case TokenBucket:
        return {worstBurst(times, rate.limit, rate.per), static_cast<double>(rate.burst)};
    case LeakyBucket:
    case SlidingLog:
        return {static_cast<double>(worstInAnySpan(times, rate.per)), limit};
    case FixedWindow:
        return {static_cast<double>(worstInAlignedWindow(times, rate.per)), limit};
    case SlidingWindow:
        return {worstEstimate(times, rate.per), limit};
    }
    Q_UNREACHABLE();
}

/// What a taker that always has work can reach by the rule itself. Two counters leave one call a window
/// unused, and with a limit of 1 every second window.
double reachable(const RateLimit& rate)
{
    if (rate.algorithm != SlidingWindow)
        return 1;
    return rate.limit == 1 ? 0.5 : 1 - 1 / static_cast<double>(rate.limit);
}

} // namespace

class LimiterPromiseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRuleAndReachesIt_data();
    void keepsTheRuleAndReachesIt();
    void keepsTheRuleWithClocksThatDiffer_data();
    void keepsTheRuleWithClocksThatDiffer();
    void keepsTheRuleWhereConnectionsAreSlow_data();
    void keepsTheRuleWhereConnectionsAreSlow();
    void goesFastAgainWhereConnectionsWereSlow();
    void losesNoMoreThanTheSlicesOfTheDead_data();
    void losesNoMoreThanTheSlicesOfTheDead();
    void aClockThatIsSetBackNeitherGrantsMoreNorBlocks_data();
    void aClockThatIsSetBackNeitherGrantsMoreNorBlocks();
    void judgesSeeWhatIsTooMuch();
};

void LimiterPromiseTest::keepsTheRuleAndReachesIt_data()
{
    QTest::addColumn<RateLimit>("rate");
    QTest::addColumn<int>("takers");
    for (const int takers : {1, 2, 4}) {
        for (const auto algorithm : algorithms)
            for (const auto& pair : pairs)
                QTest::addRow("%s of %s, takers: %d", toText(algorithm).data(), pair.name, takers)
                    << RateLimit{algorithm, pair.limit, pair.per, pair.limit} << takers;
        for (const qint64 burst : {1, 2, 10, 300})
            for (const qint64 limit : {100, 1000})
                QTest::addRow("token_bucket of %lld a second with a burst of %lld, takers: %d", limit, burst,
                              takers)
                    << RateLimit{TokenBucket, limit, 1s, burst} << takers;
    }
}

void LimiterPromiseTest::keepsTheRuleAndReachesIt()
{
    QFETCH(RateLimit, rate);
    QFETCH(int, takers);
    double least = 1;
    double most = 0;
    qint64 inAnySpan = 0;
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Run run = test::run({.rate = rate, .takers = takers, .seed = seed, .windows = 40});
        const auto times = timesOf(run, &Use::clock);
        const auto [seen, allowed] = worst(rate, times);
        QVERIFY2(seen <= allowed + 1e-9, QByteArray::number(seen));
        least = std::min(least, run.share);
        most = std::max(most, seen);
        inAnySpan = std::max(inAnySpan, worstInAnySpan(times, rate.per));
    }
    QVERIFY2(least >= 0.9 * reachable(rate), QByteArray::number(least));
    qInfo("worst %.2f, in any span %lld, limit %lld; least share %.1f %%", most, inAnySpan, rate.limit,
          100 * least);
}

void LimiterPromiseTest::keepsTheRuleWithClocksThatDiffer_data()
{
    QTest::addColumn<RateLimit>("rate");
    for (const auto algorithm : algorithms)
        for (const auto& pair : pairs)
            QTest::addRow("%s of %s", toText(algorithm).data(), pair.name)
                << RateLimit{algorithm, pair.limit, pair.per, pair.limit};
}

void LimiterPromiseTest::keepsTheRuleWithClocksThatDiffer()
{
    QFETCH(RateLimit, rate);
    const Run run = test::run({.rate = rate, .takers = 4, .seed = 7, .skew = rate.per / 50});
    const auto [seen, allowed] = worst(rate, timesOf(run, &Use::clock));
    QVERIFY2(seen <= allowed + 1e-9, QByteArray::number(seen));
    QVERIFY2(run.share >= 0.88 * reachable(rate), QByteArray::number(run.share));
}

void LimiterPromiseTest::keepsTheRuleWhereConnectionsAreSlow_data()
{
    keepsTheRuleAndReachesIt_data();
}

// Permits that last longer beside those that do not, of one state.
void LimiterPromiseTest::keepsTheRuleWhereConnectionsAreSlow()
{
    QFETCH(RateLimit, rate);
    QFETCH(int, takers);
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Run run = test::run({.rate = rate, .takers = takers, .seed = seed, .connecting = rate.per});
        const auto [seen, allowed] = worst(rate, timesOf(run, &Use::clock));
        QVERIFY2(seen <= allowed + 1e-9, QByteArray::number(seen));
        QVERIFY2(run.share >= 0.6 * reachable(rate), QByteArray::number(run.share));
    }
}

void LimiterPromiseTest::goesFastAgainWhereConnectionsWereSlow()
{
    const PatientLimiter limiter({SlidingLog, 10, 600ms, 10});
    LimiterState state;
    const Grant slow = limiter.take(state, at(), 10, 80ms);
    QCOMPARE(slow.permits, 10);
    QCOMPARE(slow.validity, Duration(90ms)); // three times the usual
    QCOMPARE(limiter.take(state, at(689ms), 10, {}).permits, 0);
    const Grant fast = limiter.take(state, at(690ms), 10, {});
    QCOMPARE(fast.permits, 10);
    QCOMPARE(fast.validity, Duration(30ms));
    QCOMPARE(limiter.take(state, at(1319ms), 10, {}).permits, 0);
    QCOMPARE(limiter.take(state, at(1320ms), 10, {}).permits, 10);
}

void LimiterPromiseTest::losesNoMoreThanTheSlicesOfTheDead_data()
{
    keepsTheRuleWithClocksThatDiffer_data();
}

void LimiterPromiseTest::losesNoMoreThanTheSlicesOfTheDead()
{
    QFETCH(RateLimit, rate);
    const Run run = test::run({.rate = rate, .takers = 4, .seed = 9, .lost = 0.3});
    const auto [seen, allowed] = worst(rate, timesOf(run, &Use::clock));
    QVERIFY2(seen <= allowed + 1e-9, QByteArray::number(seen));
    QVERIFY2(run.share >= 0.9 * reachable(rate), QByteArray::number(run.share)); // as if they had been used
}

void LimiterPromiseTest::aClockThatIsSetBackNeitherGrantsMoreNorBlocks_data()
{
    QTest::addColumn<RateLimit>("rate");
    QTest::addColumn<Duration>("setBackBy");
    const std::array<std::pair<const char*, Duration>, 5> steps{
        {{"3 ms", 3ms}, {"400 ms", 400ms}, {"1.5 s", 1500ms}, {"7.3 s", 7300ms}, {"a day", 24h}}};
    for (const auto algorithm : algorithms)
        for (const auto& [name, step] : steps)
            QTest::addRow("%s, %s", toText(algorithm).data(), name)
                << RateLimit{algorithm, 50, 2s, 50} << step;
}

void LimiterPromiseTest::aClockThatIsSetBackNeitherGrantsMoreNorBlocks()
{
    QFETCH(RateLimit, rate);
    QFETCH(Duration, setBackBy);
    for (const Duration setAt : {20000ms, 20300ms, 21000ms, 21700ms}) {
        const Run run =
            test::run({.rate = rate, .takers = 2, .seed = 5, .clockSetAt = setAt, .setBackBy = setBackBy});
        const Instant step = at(setAt);
        const bool windows = rate.algorithm == FixedWindow || rate.algorithm == SlidingWindow;
        // The windows are those of the clock; which calls fell into one that was gone through twice, nobody
        // can say when the clock goes back by many of them.
        const auto times = windows && setBackBy > rate.per ? timesOf(run, &Use::clock, step)
                           : windows                       ? timesOf(run, &Use::clock)
                                                           : timesOf(run, &Use::real);
        const auto [seen, allowed] = worst(rate, times);
        QVERIFY2(seen <= allowed + 1e-9, QByteArray::number(seen));

        const auto after = timesOf(run, &Use::real, step);
        QVERIFY(!after.empty());
        QVERIFY2(after.front() - step <= 2 * rate.per + 1s,
                 QByteArray::number((after.front() - step).count()));
    }
}

void LimiterPromiseTest::judgesSeeWhatIsTooMuch()
{
    const std::vector<Instant> times{at(), at(400ms), at(999ms), at(1s)};
    QCOMPARE(worstInAnySpan(times, 1s), 3);
    QCOMPARE(worstInAnySpan(times, 1s + Duration(1)), 4);
    QCOMPARE(worstInAlignedWindow(times, 1s), 3);
    QVERIFY(std::abs(worstBurst(times, 1, 1s) - 3) < 1e-9);
    QVERIFY(std::abs(worstBurst(times, 10, 1s) - 1.99) < 1e-9);
    QVERIFY(std::abs(worstEstimate(times, 1s) - 4) < 1e-9);
}

PUNCTUAL_TEST(LimiterPromiseTest)

#include "limiter_promise_test.moc"
