// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quota.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

Instant at(const char* text)
{
    return *parseRfc3339(QString::fromLatin1(text));
}

Quota quotaOf(qint64 limit, QuotaPeriod per, const char* zone = "UTC")
{
    return {limit, per, QByteArray(zone)};
}

} // namespace

class QuotaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void periodsFollowTheProvidersClock_data();
    void periodsFollowTheProvidersClock();
    void everyMomentIsInOnePeriod_data();
    void everyMomentIsInOnePeriod();
    void takesUpToTheLimitOfThePeriod();
    void anotherPeriodGoesOnFromWhatWasCountedInIt();
    void givesBackIntoTheSamePeriodOnly();
    void whatTheProviderCountsMoreWins_data();
    void whatTheProviderCountsMoreWins();
    void whatTheProviderCountedIsNotGivenBack();
    void tellsHowLongTheRestLasts();
    void isReadAndWritten();
    void badSettingsAreRefusedByName_data();
    void badSettingsAreRefusedByName();
};

void QuotaTest::periodsFollowTheProvidersClock_data()
{
    QTest::addColumn<QString>("period");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("moment");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("end");
    const auto row = [](const char* name, const char* period, const char* zone, const char* moment,
                        const char* start, const char* end) {
        QTest::newRow(name) << QString::fromLatin1(period) << QByteArray(zone) << QString::fromLatin1(moment)
                            << QString::fromLatin1(start) << QString::fromLatin1(end);
    };
    row("a minute", "minute", "UTC", "2026-12-01T09:00:59.999Z", "2026-12-01T09:00:00Z",
        "2026-12-01T09:01:00Z");
    row("an hour where hours begin at the half", "hour", "Asia/Kolkata", "2026-12-01T09:10:00Z",
        "2026-12-01T08:30:00Z", "2026-12-01T09:30:00Z");
    row("the first moment of a day", "day", "Asia/Singapore", "2026-11-30T16:00:00Z", "2026-11-30T16:00:00Z",
        "2026-12-01T16:00:00Z");
    row("the last moment of a day", "day", "Asia/Singapore", "2026-12-01T15:59:59.999Z",
        "2026-11-30T16:00:00Z", "2026-12-01T16:00:00Z");
    row("a day of 23 hours", "day", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z",
        "2026-03-29T22:00:00Z");
    row("a day of 25 hours", "day", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z",
        "2026-10-25T23:00:00Z");
    row("the hour that comes twice is one", "hour", "Europe/Berlin", "2026-10-25T00:30:00Z",
        "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z");
    row("a day whose midnight does not exist", "day", "Africa/Cairo", "2026-04-24T12:00:00Z",
        "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
    row("half an hour of summer time", "day", "Australia/Lord_Howe", "2026-04-05T00:00:00Z",
        "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z");
    row("February", "month", "UTC", "2027-02-10T00:00:00Z", "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z");
    row("December", "month", "America/New_York", "2026-12-31T23:59:59Z", "2026-12-01T05:00:00Z",
        "2027-01-01T05:00:00Z");
    row("a month with a clock change", "month", "Europe/Berlin", "2026-03-15T00:00:00Z",
        "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z");
    row("a minute of the hour that comes twice", "minute", "Europe/Berlin", "2026-10-25T01:30:30Z",
        "2026-10-25T01:30:00Z", "2026-10-25T01:31:00Z");
}

void QuotaTest::periodsFollowTheProvidersClock()
{
    QFETCH(const QString, period);
    QFETCH(const QByteArray, zone);
    QFETCH(const QString, moment);
    QFETCH(const QString, start);
    QFETCH(const QString, end);
    const Quota quota{1, *parseQuotaPeriod(period), zone};
    const Period found = periodOf(quota, *parseRfc3339(moment));
    QCOMPARE(toRfc3339(found.start), toRfc3339(*parseRfc3339(start)));
    QCOMPARE(toRfc3339(found.end), toRfc3339(*parseRfc3339(end)));
}

void QuotaTest::everyMomentIsInOnePeriod_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char* zone : {"UTC", "Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe",
                             "America/Sao_Paulo", "Pacific/Apia", "America/Havana"})
        QTest::newRow(zone) << QByteArray(zone);
}

// Whatever the clocks do: periods follow on each other without a gap, and contain the moment.
void QuotaTest::everyMomentIsInOnePeriod()
{
    QFETCH(const QByteArray, zone);
    for (const auto per : {QuotaPeriod::Hour, QuotaPeriod::Day, QuotaPeriod::Month}) {
        const Quota quota{1, per, zone};
        Instant moment = at("2026-01-01T00:00:00Z");
        const int count = per == QuotaPeriod::Hour ? 24 * 40 : per == QuotaPeriod::Day ? 370 : 14;
        if (per == QuotaPeriod::Hour)
            moment = at("2026-03-10T00:00:00Z");
        for (int i = 0; i < count; ++i) {
            const Period period = periodOf(quota, moment);
            QVERIFY(period.start <= moment && moment < period.end);
            QCOMPARE(periodOf(quota, period.start), period);
            QCOMPARE(periodOf(quota, period.end - 1s), period);
            moment = period.end;
        }
    }
}

void QuotaTest::takesUpToTheLimitOfThePeriod()
{
    const Quota quota = quotaOf(100, QuotaPeriod::Hour);
    const Instant nine = at("2026-12-01T09:00:00Z");
    LimiterState state;
    QCOMPARE(takeFromQuota(quota, state, nine, 60), 60);
    QCOMPARE(takeFromQuota(quota, state, nine + 59min, 60), 40);
    QCOMPARE(takeFromQuota(quota, state, nine + 59min, 1), 0);
    QCOMPARE(quotaUse(quota, state, nine + 59min).used, qint64(100));
    QCOMPARE(takeFromQuota(quota, state, nine + 60min, 60), 60);
    QCOMPARE(takeFromQuota(quota, state, nine + 60min, -5), 0);
}

void QuotaTest::anotherPeriodGoesOnFromWhatWasCountedInIt()
{
    const Instant nine = at("2026-12-01T09:00:00Z");
    LimiterState state;
    QCOMPARE(takeFromQuota(quotaOf(100, QuotaPeriod::Hour), state, nine, 60), 60);
    QCOMPARE(quotaUse(quotaOf(100, QuotaPeriod::Day), state, nine + 1min).used, qint64(60));
    QCOMPARE(quotaUse(quotaOf(100, QuotaPeriod::Minute), state, nine + 1min).used,
             qint64(0)); // it began later
    QCOMPARE(takeFromQuota(quotaOf(100, QuotaPeriod::Day), state, nine + 1min, 60), 40);
}

void QuotaTest::givesBackIntoTheSamePeriodOnly()
{
    const Quota quota = quotaOf(100, QuotaPeriod::Hour);
    const Instant nine = at("2026-12-01T09:00:00Z");
    LimiterState state;
    QCOMPARE(takeFromQuota(quota, state, nine, 60), 60);
    giveBackToQuota(quota, state, nine + 1min, nine, 10);
    QCOMPARE(quotaUse(quota, state, nine + 1min).used, qint64(50));
    QCOMPARE(takeFromQuota(quota, state, nine + 61min, 5), 5);
    giveBackToQuota(quota, state, nine + 61min, nine + 59min, 5); // of the hour before
    QCOMPARE(quotaUse(quota, state, nine + 61min).used, qint64(5));
}

void QuotaTest::whatTheProviderCountsMoreWins_data()
{
    QTest::addColumn<ProviderLimits>("said");
    QTest::addColumn<int>("outstanding");
    QTest::addColumn<qint64>("used");
    const Instant ten = at("2026-12-01T10:00:00Z");
    QTest::newRow("less is left than thought") << ProviderLimits{100, 20, ten} << 0 << qint64(80);
    QTest::newRow("more is left than thought, or not sent yet")
        << ProviderLimits{100, 90, ten} << 0 << qint64(50);
    QTest::newRow("the same limit of a shorter window")
        << ProviderLimits{100, 20, ten - 29min} << 0 << qint64(50);
    QTest::newRow("what is under way is not counted there yet")
        << ProviderLimits{100, 20, ten} << 15 << qint64(95);
    QTest::newRow("more is under way than is left") << ProviderLimits{100, 5, ten} << 15 << qint64(100);
    QTest::newRow("another limit speaks of another window") << ProviderLimits{10, 2, {}} << 0 << qint64(50);
    QTest::newRow("the same end without a limit") << ProviderLimits{{}, 20, ten + 30s} << 0 << qint64(80);
    QTest::newRow("another end without a limit") << ProviderLimits{{}, 20, ten - 30min} << 0 << qint64(50);
    QTest::newRow("nothing about what remains") << ProviderLimits{100, {}, ten} << 0 << qint64(50);
}

void QuotaTest::whatTheProviderCountsMoreWins()
{
    QFETCH(const ProviderLimits, said);
    QFETCH(const int, outstanding);
    QFETCH(const qint64, used);
    const Quota quota = quotaOf(100, QuotaPeriod::Hour);
    const Instant now = at("2026-12-01T09:30:00Z");
    LimiterState state;
    QCOMPARE(takeFromQuota(quota, state, now, 50), 50);
    correctQuota(quota, state, now, said, outstanding);
    QCOMPARE(quotaUse(quota, state, now).used, used);
}

/// Another node took permits before the provider spoke, and brings them back afterwards.
void QuotaTest::whatTheProviderCountedIsNotGivenBack()
{
    const Quota quota = quotaOf(100, QuotaPeriod::Hour);
    const Instant now = at("2026-12-01T09:30:00Z");
    const ProviderLimits said{100, 20, at("2026-12-01T10:00:00Z")};
    LimiterState state;
    QCOMPARE(takeFromQuota(quota, state, now, 10), 10);
    correctQuota(quota, state, now + 1s, said, 0);
    giveBackToQuota(quota, state, now + 2s, now, 10);
    QCOMPARE(quotaUse(quota, state, now + 2s).used, qint64(80));
    QCOMPARE(takeFromQuota(quota, state, now + 3s, 30), 20);
    giveBackToQuota(quota, state, now + 4s, now + 3s, 5); // taken since then
    QCOMPARE(quotaUse(quota, state, now + 4s).used, qint64(95));
    correctQuota(quota, state, now + 5s, said, 0); // it tells nothing new
    giveBackToQuota(quota, state, now + 6s, now + 3s, 5);
    QCOMPARE(quotaUse(quota, state, now + 6s).used, qint64(90));
}

void QuotaTest::tellsHowLongTheRestLasts()
{
    const Quota quota = quotaOf(100, QuotaPeriod::Day);
    const Instant noon = at("2026-12-01T12:00:00Z");
    const Period day = periodOf(quota, noon);
    QCOMPARE(timeLeftAtThisPace(quota, {day, 75}, noon), std::optional<Duration>(4h)); // 6.25 an hour
    QCOMPARE(timeLeftAtThisPace(quota, {day, 50}, noon), std::nullopt);                // just enough
    QCOMPARE(timeLeftAtThisPace(quota, {day, 0}, noon), std::nullopt);
    QCOMPARE(timeLeftAtThisPace(quota, {day, 100}, noon), std::optional<Duration>(0s));
}

void QuotaTest::isReadAndWritten()
{
    const Quota quota = quotaOf(100'000, QuotaPeriod::Month, "Asia/Singapore");
    std::vector<FieldError> errors;
    QCOMPARE(readQuota(toJson(quota), QString(), errors), quota);
    QVERIFY(errors.empty());
}

void QuotaTest::badSettingsAreRefusedByName_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("a limit of 0") << QJsonObject{{QStringLiteral("limit"), 0},
                                                 {QStringLiteral("per"), QStringLiteral("day")}}
                                  << QStringLiteral("/quota/limit");
    QTest::newRow("no limit") << QJsonObject{{QStringLiteral("per"), QStringLiteral("day")}}
                              << QStringLiteral("/quota/limit");
    QTest::newRow("no period") << QJsonObject{{QStringLiteral("limit"), 5}} << QStringLiteral("/quota/per");
    QTest::newRow("an unknown period")
        << QJsonObject{{QStringLiteral("limit"), 5}, {QStringLiteral("per"), QStringLiteral("week")}}
        << QStringLiteral("/quota/per");
    QTest::newRow("an unknown zone") << QJsonObject{{QStringLiteral("limit"), 5},
                                                    {QStringLiteral("per"), QStringLiteral("day")},
                                                    {QStringLiteral("time_zone"),
                                                     QStringLiteral("Mars/Olympus")}}
                                     << QStringLiteral("/quota/time_zone");
}

void QuotaTest::badSettingsAreRefusedByName()
{
    QFETCH(const QJsonObject, object);
    QFETCH(const QString, pointer);
    std::vector<FieldError> errors;
    (void)readQuota(object, QStringLiteral("/quota"), errors);
    QCOMPARE(errors.size(), std::size_t(1));
    QCOMPARE(errors.front().pointer, pointer);
}

PUNCTUAL_TEST(QuotaTest)
#include "quota_test.moc"
