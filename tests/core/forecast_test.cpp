// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QTest>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

const Instant nine = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));

Hour hour(int index)
{
    return std::chrono::floor<std::chrono::hours>(nine) + std::chrono::hours(index);
}

ForecastInput input(std::map<Hour, qint64> due, int hours = 4)
{
    ForecastInput input;
    input.destination = QStringLiteral("orders");
    input.now = nine;
    input.due = std::move(due);
    input.hours = hours;
    return input;
}

} // namespace

class ForecastTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutRulesNothingWaits();
    void aRateLimitSpreadsAPeak();
    void limitsCountCallsAndBatchesHoldSeveral();
    void aQuotaRunsOutAtAMoment();
    void aQuotaIsThereAgainInTheNextPeriod();
    void thePresentHourIsWhatIsLeftOfIt();
    void whatWasDueBeforeCountsNow();
    void isWrittenHourByHour();
};

void ForecastTest::withoutRulesNothingWaits()
{
    const auto result = forecast(input({{hour(0), 1'000'000}}));
    QCOMPARE(result.hours.size(), std::size_t(4));
    QCOMPARE(result.hours[0].due, qint64(1'000'000));
    QVERIFY(!result.hours[0].allowed);
    QCOMPARE(result.hours[0].waiting, qint64(0));
    QVERIFY(!result.quotaRunsOutAt);
}

void ForecastTest::aRateLimitSpreadsAPeak()
{
    auto peak = input({{hour(0), 9000}});
    peak.rateLimit = RateLimit{RateAlgorithm::LeakyBucket, 1, 1s, 1};
    const auto result = forecast(peak);
    QCOMPARE(result.hours[0].allowed, std::optional<qint64>(3600));
    QCOMPARE(result.hours[0].waiting, qint64(5400));
    QCOMPARE(result.hours[0].delay, Duration(90min)); // 5,400 at one a second
    QCOMPARE(result.hours[1].waiting, qint64(1800));
    QCOMPARE(result.hours[2].waiting, qint64(0));
}

void ForecastTest::limitsCountCallsAndBatchesHoldSeveral()
{
    auto peak = input({{hour(0), 50'000}});
    peak.rateLimit = RateLimit{RateAlgorithm::LeakyBucket, 1, 1s, 1};
    peak.messagesPerCall = 10;
    auto result = forecast(peak);
    QCOMPARE(result.hours[0].allowed, std::optional<qint64>(36'000));
    QCOMPARE(result.hours[0].waiting, qint64(14'000));
    peak.quota = Quota{1000, QuotaPeriod::Hour, "UTC"};
    peak.quotaUsed = 100;
    result = forecast(peak);
    QCOMPARE(result.hours[0].allowed, std::optional<qint64>(9'000));
    QCOMPARE(result.hours[1].allowed, std::optional<qint64>(10'000));
}

void ForecastTest::aQuotaRunsOutAtAMoment()
{
    auto busy = input({{hour(0), 600}, {hour(1), 600}});
    busy.quota = Quota{1000, QuotaPeriod::Day, "UTC"};
    busy.quotaUsed = 100;
    const auto result = forecast(busy);
    QCOMPARE(result.hours[0].waiting, qint64(0));
    QCOMPARE(result.hours[1].waiting, qint64(300));
    QCOMPARE(result.quotaRunsOutAt, std::optional(nine + 1h + 30min)); // 300 of 600 in the second hour
}

void ForecastTest::aQuotaIsThereAgainInTheNextPeriod()
{
    auto busy = input({{hour(0), 150}});
    busy.quota = Quota{100, QuotaPeriod::Hour, "UTC"};
    const auto result = forecast(busy);
    QCOMPARE(result.hours[0].waiting, qint64(50));
    QCOMPARE(result.hours[1].waiting, qint64(0));
    QCOMPARE(result.hours[0].delay, Duration(30min));
    QCOMPARE(result.hours[1].allowed, std::optional<qint64>(100));
}

void ForecastTest::thePresentHourIsWhatIsLeftOfIt()
{
    auto late = input({{hour(0), 3600}});
    late.now = nine + 45min;
    late.rateLimit = RateLimit{RateAlgorithm::LeakyBucket, 1, 1s, 1};
    const auto result = forecast(late);
    QCOMPARE(result.hours[0].allowed, std::optional<qint64>(900));
    QCOMPARE(result.hours[0].waiting, qint64(2700));
}

void ForecastTest::whatWasDueBeforeCountsNow()
{
    const auto result = forecast(input({{hour(-3), 5}, {hour(0), 2}, {hour(9), 4}}));
    QCOMPARE(result.hours[0].due, qint64(7));
    QCOMPARE(result.hours[3].due, qint64(0));
}

void ForecastTest::isWrittenHourByHour()
{
    auto busy = input({{hour(0), 10}}, 1);
    busy.rateLimit = RateLimit{RateAlgorithm::LeakyBucket, 1, 1s, 1};
    const auto json = toJson(forecast(busy));
    QCOMPARE(json.value(QStringLiteral("destination")).toString(), QStringLiteral("orders"));
    const auto first = json.value(QStringLiteral("hours")).toArray().first().toObject();
    QCOMPARE(first.value(QStringLiteral("due")).toInt(), 10);
    QCOMPARE(first.value(QStringLiteral("allowed")).toInt(), 3600);
    QCOMPARE(first.value(QStringLiteral("hour")).toString(), QStringLiteral("2026-12-01T09:00:00.000Z"));
}

PUNCTUAL_TEST(ForecastTest)
#include "forecast_test.moc"
