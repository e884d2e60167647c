// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of attempts, and percentiles out of a histogram.
#include "core/delivery_statistics.h"
#include "support/test_main.h"

using namespace punctual;
using namespace std::chrono_literals;

class DeliveryStatisticsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsByState();
    void addsUp();
    void percentileIsTheBoundOfItsStep_data();
    void percentileIsTheBoundOfItsStep();
    void percentileIsNeverMoreThanTheWorst();
    void withoutAttemptsNothingIsLate();
};

void DeliveryStatisticsTest::countsByState()
{
    DeliveryStatistics statistics;
    statistics.add(MessageState::Delivered, 1ms, {});
    statistics.add(MessageState::Delivered, 1ms, {});
    statistics.add(MessageState::Retrying, 1ms, {});
    statistics.add(MessageState::Dead, 1ms, {});
    statistics.add(MessageState::Unknown, 1ms, {});
    QCOMPARE(statistics.attempts, 5);
    QCOMPARE(statistics.delivered, 2);
    QCOMPARE(statistics.retrying, 1);
    QCOMPARE(statistics.dead, 1);
    QCOMPARE(statistics.unknown, 1);
}

void DeliveryStatisticsTest::addsUp()
{
    DeliveryStatistics one;
    one.second = std::chrono::sys_seconds(7s);
    one.destination = QStringLiteral("orders");
    one.add(MessageState::Delivered, 3ms, {1ms, 2ms, 0ms, 0ms, 0ms});
    DeliveryStatistics sum;
    sum.add(MessageState::Dead, 1ms, {0ms, 0ms, 0ms, 0ms, 1ms});
    sum.add(one);
    QCOMPARE(sum.second, one.second);
    QCOMPARE(sum.destination, one.destination);
    QCOMPARE(sum.attempts, 2);
    QCOMPARE(sum.delivered, 1);
    QCOMPARE(sum.dead, 1);
    QCOMPARE(sum.lateness, Duration(4ms));
    QCOMPARE(sum.mostLate, Duration(3ms));
    QVERIFY((sum.parts == LatenessParts{1ms, 2ms, 0ms, 0ms, 1ms}));
    QCOMPARE(sum.percentile(1), Duration(3ms));
}

void DeliveryStatisticsTest::percentileIsTheBoundOfItsStep_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<qint64>("expected");
    // Of 98 attempts up to 250 us, one up to 1 ms and one of 40 ms.
    QTest::newRow("none of them") << 0.0 << qint64(250);
    QTest::newRow("the middle") << 0.5 << qint64(250);
    QTest::newRow("all of the first step") << 0.98 << qint64(250);
    QTest::newRow("one more") << 0.99 << qint64(1000);
    QTest::newRow("all") << 1.0 << qint64(40'000);
}

void DeliveryStatisticsTest::percentileIsTheBoundOfItsStep()
{
    QFETCH(const double, share);
    QFETCH(const qint64, expected);
    DeliveryStatistics statistics;
    for (int i = 0; i < 98; ++i)
        statistics.add(MessageState::Delivered, Duration(i), {});
    statistics.add(MessageState::Delivered, 600us, {});
    statistics.add(MessageState::Delivered, 40ms, {});
    QCOMPARE(qint64(statistics.percentile(share).count()), expected);
}

void DeliveryStatisticsTest::percentileIsNeverMoreThanTheWorst()
{
    DeliveryStatistics statistics;
    statistics.add(MessageState::Delivered, 12ms, {}); // of a step that ends at 20 ms
    QCOMPARE(statistics.percentile(0.5), Duration(12ms));
    statistics.add(MessageState::Delivered, 100h, {}); // beyond all bounds
    QCOMPARE(statistics.percentile(1), Duration(100h));
}

void DeliveryStatisticsTest::withoutAttemptsNothingIsLate()
{
    QCOMPARE(DeliveryStatistics{}.percentile(0.5), Duration{});
}

PUNCTUAL_TEST(DeliveryStatisticsTest)
#include "delivery_statistics_test.moc"
