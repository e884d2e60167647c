// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of the self-test: percentiles, and what is judged early, lost or sent twice.
#include "app/ctl/self_test_report.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::ctl;
using namespace punctual::test;
using namespace std::chrono_literals;

class SelfTestReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentilesAreValuesThatWereThere();
    void ofOneValueAllPercentilesAreThatOne();
    void ofNothingThereIsNoLateness();
    void countsFaults_data();
    void countsFaults();
    void writesJson();
    void namesTheFaults();

private:
    const MessageId m_first = QUuid::createUuid();
    const MessageId m_second = QUuid::createUuid();
};

void SelfTestReportTest::percentilesAreValuesThatWereThere()
{
    std::vector<Duration> values;
    for (int i = 200; i > 0; --i) // the order does not matter
        values.emplace_back(i);
    const Distribution expected{
        .least = 1us, .median = 100us, .p90 = 180us, .p99 = 198us, .most = 200us, .mean = 100us};
    QVERIFY(Distribution::of(values) == expected);
    values.emplace_back(-50);
    QCOMPARE(Distribution::of(values).least, Duration(-50));
}

void SelfTestReportTest::ofOneValueAllPercentilesAreThatOne()
{
    const Distribution expected{7us, 7us, 7us, 7us, 7us, 7us};
    QVERIFY(Distribution::of({7us}) == expected);
}

void SelfTestReportTest::ofNothingThereIsNoLateness()
{
    QVERIFY(Distribution::of({}) == Distribution{});
}

void SelfTestReportTest::countsFaults_data()
{
    QTest::addColumn<std::vector<Arrival>>("arrivals");
    QTest::addColumn<Faults>("faults");
    const Arrival first{m_first, at(), at()};
    const Arrival second{m_second, at(), at(5ms)};
    const Arrival early{m_second, at(), at(-1us)};
    QTest::newRow("none") << std::vector{second, first} << Faults{};
    QTest::newRow("one is lost") << std::vector{first} << Faults{.lost = 1};
    QTest::newRow("both are lost") << std::vector<Arrival>{} << Faults{.lost = 2};
    QTest::newRow("one came early") << std::vector{first, early} << Faults{.early = 1};
    QTest::newRow("one came three times, once early")
        << std::vector{second, first, early, second} << Faults{.early = 1, .repeated = 1};
}

void SelfTestReportTest::countsFaults()
{
    QFETCH(const std::vector<Arrival>, arrivals);
    QFETCH(const Faults, faults);
    QVERIFY(faultsOf({m_first, m_second}, arrivals) == faults);
    QCOMPARE(faults.none(), QLatin1StringView(QTest::currentDataTag()) == QLatin1StringView("none"));
}

void SelfTestReportTest::writesJson()
{
    SelfTestReport report{.plan = {.messages = 10, .rate = 2, .seconds = 3},
                          .schedulesPerSecond = 29'999.6,
                          .deliveriesPerSecond = 12'000.4,
                          .received = Distribution::of({1ms, 3ms}),
                          .engine = {},
                          .faults = {.lost = 1}};
    report.engine.add(MessageState::Delivered, 2ms, {0us, 500us, 0us, 0us, 0us, 1ms, 500us});
    report.engine.add(MessageState::Delivered, 1ms, {0us, 1ms, 0us, 0us, 0us, 0us, 0us});
    const auto json = toJson(report);
    QCOMPARE(json.value(u"schedules_per_second").toInt(), 30'000);
    QCOMPARE(json.value(u"deliveries_per_second").toInt(), 12'000);
    QCOMPARE(json.value(u"lost").toInt(), 1);
    QCOMPARE(json.value(u"passed").toBool(true), false);
    QCOMPARE(json.value(u"received_lateness_us").toObject().value(u"min").toInt(), 1000);
    QCOMPARE(json.value(u"received_lateness_us").toObject().value(u"mean").toInt(), 2000);
    QCOMPARE(json.value(u"engine_lateness_us").toObject().value(u"max").toInt(), 2000);
    const auto parts = json.value(u"engine_lateness_parts_us").toObject();
    QCOMPARE(parts.value(u"bucket").toInt(), 750);
    QCOMPARE(parts.value(u"claim").toInt(), 500);
    int sum = 0;
    for (const auto& part : parts)
        sum += part.toInt();
    QCOMPARE(sum, json.value(u"engine_lateness_us").toObject().value(u"mean").toInt());
}

void SelfTestReportTest::namesTheFaults()
{
    QVERIFY(toText(SelfTestReport{}).endsWith(u"Nothing was early, lost or sent twice."));
    SelfTestReport report;
    report.faults = {.early = 1, .lost = 2, .repeated = 3, .unrecorded = 4};
    QVERIFY(toText(report).endsWith(u"1 early, 2 lost, 3 sent twice, 4 not recorded."));
}

PUNCTUAL_TEST(SelfTestReportTest)
#include "self_test_report_test.moc"
