// SPDX-License-Identifier: GPL-3.0-or-later
// The worked examples of the rate limiters, step by step.
#include "core/rate_limiter.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;
using enum RateAlgorithm;

namespace
{

/// One call of take() and what it is to answer. Times are from 2026-12-01T09:00:00Z on, the
/// beginning of a minute.
struct Step
{
    Duration at;
    int wanted;
    int permits;
    Duration first;
    Duration spacing;
    std::optional<Duration> retryAt;
};

using Steps = std::vector<Step>;

} // namespace

class RateLimiterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void grantsStepByStep_data();
    void grantsStepByStep();
    void wantingNothingTakesNothing_data();
    void wantingNothingTakesNothing();
    void permitsOfAWindowEndWithIt_data();
    void permitsOfAWindowEndWithIt();
    void aWindowLetsTwiceTheLimitThroughAtItsBorder();
    void theLogStaysSmall();
    void permitsAreGoodForAShortTime_data();
    void permitsAreGoodForAShortTime();
};

void RateLimiterTest::grantsStepByStep_data()
{
    QTest::addColumn<RateLimit>("rate");
    QTest::addColumn<Steps>("steps");
    const auto row = [](const char* sentence, const RateLimit& rate, const Steps& steps) {
        QTest::newRow(sentence) << rate << steps;
    };
    const Duration none{};

    row("a token bucket grants what it holds, then each token ahead", {TokenBucket, 100, 1s, 20},
        {{0ms, 30, 15, 0ms, none, 0ms},
         {0ms, 15, 10, 10ms, 10ms, 10ms},
         {10ms, 1, 1, 110ms, 10ms, {}},
         {2s, 99, 15, 2s, none, 2s}});
    row("a token bucket that is left half full", {TokenBucket, 100, 1s, 20},
        {{0ms, 10, 10, 0ms, none, {}}, {20ms, 10, 7, 20ms, none, 20ms}});
    row("the validity takes no more than half of a small burst", {TokenBucket, 100, 1s, 2},
        {{0ms, 9, 1, 0ms, none, 0ms}, {0ms, 10, 10, 5ms, 10ms, {}}});
    row("a burst of 1 spaces its calls", {TokenBucket, 10, 1s, 1},
        {{0ms, 9, 1, 0ms, 105ms, 5ms}, {5ms, 9, 1, 105ms, 105ms, 110ms}});

    row("a leaky bucket gives out places up to 100 ms ahead", {LeakyBucket, 4, 1s, 4},
        {{0ms, 5, 1, 0ms, 262500us, 162500us},
         {162ms, 5, 0, 262500us, 262500us, 162500us},
         {162500us, 5, 1, 262500us, 262500us, 425ms},
         {9s, 1, 1, 9s, 262500us, {}}});
    row("a fast leaky bucket gives out many", {LeakyBucket, 100, 1s, 100},
        {{0ms, 50, 10, 0ms, 10500us, 5ms}, {1ms, 50, 0, 105ms, 10500us, 5ms}});

    row("a fixed window waits for the next one", {FixedWindow, 5, 1s, 5},
        {{700ms, 8, 5, 700ms, none, 1s},
         {800ms, 1, 0, 800ms, none, 1s},
         {1s, 3, 3, 1s, none, {}},
         {1s, 3, 2, 1s, none, 2s}});
    row("nothing leaves in the last moments of a window", {FixedWindow, 5, 1s, 5},
        {{979ms, 1, 1, 979ms, none, {}}, {980ms, 1, 0, 980ms, none, 1s}});

    row("the example of Cloudflare", {SlidingWindow, 50, 60s, 50},
        {{0s, 42, 42, 0s, none, {}},
         {60s, 8, 8, 60s, none, {}},
         {75s, 99, 10, 75s, none, 75714286us},
         {75714285us, 1, 0, 75714285us, none, 75714286us},
         {75714286us, 1, 1, 75714286us, none, {}}});
    row("a window before the last one is forgotten", {SlidingWindow, 5, 1s, 5},
        {{0s, 5, 5, 0s, none, {}}, {2s, 9, 5, 2s, none, 3200ms}});
    row("a full window leaves room for one after a fifth", {SlidingWindow, 5, 1s, 5},
        {{0s, 9, 5, 0s, none, 1200ms},
         {1199ms, 1, 0, 1199ms, none, 1200ms},
         {1200ms, 9, 1, 1200ms, none, 1400ms}});
    row("with a limit of 1 every second window", {SlidingWindow, 1, 1s, 1},
        {{0s, 2, 1, 0s, none, 2s}, {1500ms, 1, 0, 1500ms, none, 2s}, {2s, 1, 1, 2s, none, {}}});

    row("a log forgets after a window and the validity", {SlidingLog, 3, 1s, 3},
        {{0ms, 2, 2, 0ms, none, {}},
         {400ms, 2, 1, 400ms, none, 1050ms},
         {1049ms, 1, 0, 1049ms, none, 1050ms},
         {1050ms, 3, 2, 1050ms, none, 1450ms}});
}

void RateLimiterTest::grantsStepByStep()
{
    QFETCH(RateLimit, rate);
    QFETCH(Steps, steps);
    const auto limiter = makeRateLimiter(rate);
    LimiterState state;
    for (std::size_t number = 0; number < steps.size(); ++number) {
        const Step& step = steps[number];
        const Grant grant = limiter->take(state, at(step.at), step.wanted);
        const QByteArray place = "step " + QByteArray::number(number + 1);
        QVERIFY2(grant.permits == step.permits, place + ": " + QByteArray::number(grant.permits));
        QVERIFY2(grant.first == at(step.first), place);
        QVERIFY2(grant.spacing == step.spacing, place);
        QVERIFY2(grant.retryAt.has_value() == step.retryAt.has_value(), place);
        if (step.retryAt)
            QVERIFY2(*grant.retryAt == at(*step.retryAt),
                     place + ": " + QByteArray::number((*grant.retryAt - at()).count()));
    }
}

void RateLimiterTest::wantingNothingTakesNothing_data()
{
    QTest::addColumn<RateAlgorithm>("algorithm");
    for (const auto algorithm : {TokenBucket, LeakyBucket, FixedWindow, SlidingWindow, SlidingLog})
        QTest::addRow("%s", toText(algorithm).data()) << algorithm;
}

void RateLimiterTest::wantingNothingTakesNothing()
{
    QFETCH(RateAlgorithm, algorithm);
    LimiterState state;
    const Grant grant = makeRateLimiter({algorithm, 1, 1s, 1})->take(state, at(), 0);
    QCOMPARE(grant.permits, 0);
    QVERIFY(!grant.retryAt);
    QVERIFY(state.empty());
}

void RateLimiterTest::permitsOfAWindowEndWithIt_data()
{
    QTest::addColumn<RateAlgorithm>("algorithm");
    QTest::addColumn<Duration>("taken");
    QTest::addColumn<Duration>("validity");
    for (const auto algorithm : {FixedWindow, SlidingWindow}) {
        QTest::addRow("%s at the beginning", toText(algorithm).data())
            << algorithm << Duration(0s) << Duration(980ms);
        QTest::addRow("%s later", toText(algorithm).data()) << algorithm << Duration(900ms) << Duration(80ms);
    }
}

void RateLimiterTest::permitsOfAWindowEndWithIt()
{
    QFETCH(RateAlgorithm, algorithm);
    QFETCH(Duration, taken);
    LimiterState state;
    QTEST(makeRateLimiter({algorithm, 9, 1s, 9})->take(state, at(taken), 1).validity, "validity");
}

void RateLimiterTest::aWindowLetsTwiceTheLimitThroughAtItsBorder()
{
    const auto limiter = makeRateLimiter({FixedWindow, 5, 1s, 5});
    LimiterState state;
    const Grant before = limiter->take(state, at(979ms), 100);
    const Grant after = limiter->take(state, at(1s), 100);
    QCOMPARE(before.permits + after.permits, 10);
    QCOMPARE(after.first - before.first, Duration(21ms));
}

void RateLimiterTest::theLogStaysSmall()
{
    const auto limiter = makeRateLimiter({SlidingLog, 10'000, 60s, 10'000});
    LimiterState state;
    std::size_t most = 0;
    for (Duration time{}; time < 180s; time += 7ms) {
        (void)limiter->take(state, at(time), 1);
        most = std::max(most, state.size());
    }
    QVERIFY2(most > 500 && most < 1100, QByteArray::number(most));
}

void RateLimiterTest::permitsAreGoodForAShortTime_data()
{
    QTest::addColumn<RateLimit>("rate");
    QTest::addColumn<Duration>("validity");
    const auto row = [](const char* sentence, const RateLimit& rate, Duration validity) {
        QTest::newRow(sentence) << rate << validity;
    };
    row("a twentieth of the window", {SlidingLog, 5, 400ms, 5}, 20ms);
    row("at most 50 ms", {SlidingLog, 5, 60s, 5}, 50ms);
    row("at least 2 ms", {LeakyBucket, 5, 30ms, 5}, 2ms);
    row("at most a tenth", {LeakyBucket, 5, 10ms, 5}, 1ms);
    row("half of the burst above one", {TokenBucket, 1000, 1s, 11}, 5ms);
    row("a twentieth of the space that a burst of 1 leaves", {TokenBucket, 10, 1s, 1}, 5ms);
}

void RateLimiterTest::permitsAreGoodForAShortTime()
{
    QFETCH(RateLimit, rate);
    LimiterState state;
    QTEST(makeRateLimiter(rate)->take(state, at(), 1).validity, "validity");
}

PUNCTUAL_TEST(RateLimiterTest)

#include "rate_limiter_test.moc"
