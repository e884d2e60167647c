// SPDX-License-Identifier: GPL-3.0-or-later
// Timer buckets, told the time by hand.
#include "core/timer_buckets.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QRandomGenerator>

#include <numeric>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class TimerBucketsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst();
    void followsTheWorkedExample();
    void takesWhatIsDueAtThatVeryMicrosecond();
    void keepsTheOrderOfOneMoment();
    void findsTheEarliestWhateverWasAddedFirst();
    void takesWhatWasDueLongAgo();
    void knowsMomentsBefore1970();
    void waitsFor400Days();
    void holdsManyItemsOfOneMoment();
    void movesItemsThatCannotBeCopied();
    void forgetsEverything();
    void isNeverEarlyAndLosesNothing_data();
    void isNeverEarlyAndLosesNothing();
};

void TimerBucketsTest::isEmptyAtFirst()
{
    TimerBuckets<int> buckets;
    QVERIFY(buckets.empty());
    QCOMPARE(buckets.size(), 0U);
    QVERIFY(!buckets.nextDue());
    QVERIFY(buckets.take(at(24h)).empty());
}

void TimerBucketsTest::followsTheWorkedExample()
{
    TimerBuckets<char> buckets(4ms);
    buckets.add(at(10ms), 'a');
    buckets.add(at(11ms), 'b');
    buckets.add(at(13ms), 'c');
    QCOMPARE(buckets.nextDue(), at(10ms));
    QCOMPARE(buckets.take(at(10ms)), std::vector{'a'});
    QCOMPARE(buckets.nextDue(), at(11ms));
    QCOMPARE(buckets.take(at(40ms)), (std::vector{'b', 'c'}));
    QVERIFY(buckets.empty());
    QVERIFY(!buckets.nextDue());
}

void TimerBucketsTest::takesWhatIsDueAtThatVeryMicrosecond()
{
    TimerBuckets<int> buckets;
    buckets.add(at(5ms), 1);
    QVERIFY(buckets.take(at(5ms - 1us)).empty());
    QCOMPARE(buckets.size(), 1U);
    QCOMPARE(buckets.take(at(5ms)), std::vector{1});
}

void TimerBucketsTest::keepsTheOrderOfOneMoment()
{
    TimerBuckets<int> buckets;
    for (int i = 0; i < 10; ++i)
        buckets.add(at(1ms), i);
    std::vector<int> expected(10);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(buckets.take(at(1ms)), expected);
}

void TimerBucketsTest::findsTheEarliestWhateverWasAddedFirst()
{
    TimerBuckets<int> buckets;
    buckets.add(at(3ms), 3);
    buckets.add(at(2ms), 2);
    QCOMPARE(buckets.nextDue(), at(2ms));
    buckets.add(at(-1h), 1);
    QCOMPARE(buckets.nextDue(), at(-1h));
    QCOMPARE(buckets.take(at(2ms)), (std::vector{1, 2}));
    QCOMPARE(buckets.nextDue(), at(3ms));
}

void TimerBucketsTest::takesWhatWasDueLongAgo()
{
    TimerBuckets<int> buckets;
    buckets.add(at(-24h * 30), 1);
    QCOMPARE(buckets.take(at()), std::vector{1});
}

void TimerBucketsTest::knowsMomentsBefore1970()
{
    TimerBuckets<int> buckets(4ms);
    buckets.add(Instant{1ms}, 3);
    buckets.add(Instant{-1ms}, 2);
    buckets.add(Instant{-5ms}, 1);
    QCOMPARE(buckets.nextDue(), Instant{-5ms});
    QCOMPARE(buckets.take(Instant{-5ms}), std::vector{1});
    QCOMPARE(buckets.take(Instant{-1ms}), std::vector{2});
    QCOMPARE(buckets.take(Instant{}), std::vector<int>{});
    QCOMPARE(buckets.take(Instant{1ms}), std::vector{3});
}

void TimerBucketsTest::waitsFor400Days()
{
    TimerBuckets<int> buckets;
    buckets.add(at(24h * 400), 1);
    QCOMPARE(buckets.nextDue(), at(24h * 400));
    QVERIFY(buckets.take(at(24h * 400 - 1us)).empty());
    QCOMPARE(buckets.take(at(24h * 400)), std::vector{1});
}

void TimerBucketsTest::holdsManyItemsOfOneMoment()
{
    TimerBuckets<int> buckets;
    for (int i = 0; i < 100'000; ++i)
        buckets.add(at(1s), i);
    buckets.add(at(1s + 1us), -1);
    QCOMPARE(buckets.size(), 100'001U);
    QCOMPARE(buckets.take(at(1s)).size(), 100'000U);
    QCOMPARE(buckets.nextDue(), at(1s + 1us));
    QCOMPARE(buckets.size(), 1U);
}

void TimerBucketsTest::movesItemsThatCannotBeCopied()
{
    TimerBuckets<std::unique_ptr<int>> buckets;
    buckets.add(at(), std::make_unique<int>(7));
    const auto due = buckets.take(at());
    QCOMPARE(*due.front(), 7);
}

void TimerBucketsTest::forgetsEverything()
{
    TimerBuckets<int> buckets;
    buckets.add(at(), 1);
    buckets.clear();
    QVERIFY(buckets.empty());
    QVERIFY(!buckets.nextDue());
    QVERIFY(buckets.take(at(1h)).empty());
}

void TimerBucketsTest::isNeverEarlyAndLosesNothing_data()
{
    QTest::addColumn<Duration>("width");
    QTest::newRow("buckets of a microsecond") << Duration(1us);
    QTest::newRow("buckets of 4 ms") << Duration(4ms);
    QTest::newRow("one bucket for everything") << Duration(24h * 365);
}

void TimerBucketsTest::isNeverEarlyAndLosesNothing()
{
    QFETCH(Duration, width);
    TimerBuckets<Instant> buckets(width);
    QRandomGenerator random(7);
    std::size_t added = 0;
    std::size_t taken = 0;
    Instant now = at();
    while (taken < 2'000) {
        for (int i = 0; i < 3 && added < 2'000; ++i, ++added)
            buckets.add(now + Duration(random.bounded(-1'000, 20'000)), now);
        const auto next = buckets.nextDue();
        QVERIFY(next.has_value());
        QVERIFY(*next > now || buckets.size() > 0);
        now = std::max(now, *next) + Duration(random.bounded(0, 2'000));
        const auto due = buckets.take(now);
        QVERIFY(!due.empty());
        QVERIFY(!buckets.nextDue() || *buckets.nextDue() > now);
        taken += due.size();
        QCOMPARE(buckets.size(), added - taken);
    }
}

PUNCTUAL_TEST(TimerBucketsTest)

#include "timer_buckets_test.moc"
