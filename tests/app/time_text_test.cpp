// SPDX-License-Identifier: GPL-3.0-or-later
// Times as a person types and reads them.
#include "app/ctl/time_text.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::ctl;

class TimeTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void writesWithZone();
};

void TimeTextTest::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("utc");
    QTest::newRow("winter") << "2026-12-01 09:00" << QByteArray("Europe/Berlin")
                            << "2026-12-01T08:00:00.000Z";
    QTest::newRow("summer, with seconds")
        << "2026-07-01T09:00:05" << QByteArray("Europe/Berlin") << "2026-07-01T07:00:05.000Z";
    QTest::newRow("milliseconds") << "2026-12-01 09:00:00.25" << QByteArray("Asia/Singapore")
                                  << "2026-12-01T01:00:00.250Z";
    QTest::newRow("an offset beats the zone")
        << "2026-12-01T09:00:00+01:00" << QByteArray("Asia/Singapore") << "2026-12-01T08:00:00.000Z";
    QTest::newRow("right before a gap")
        << "2026-03-29 01:59:59.999" << QByteArray("Europe/Berlin") << "2026-03-29T00:59:59.999Z";
    QTest::newRow("right after a gap")
        << "2026-03-29 03:00" << QByteArray("Europe/Berlin") << "2026-03-29T01:00:00.000Z";
    QTest::newRow("right before an overlap")
        << "2026-10-25 01:59:59" << QByteArray("Europe/Berlin") << "2026-10-24T23:59:59.000Z";
    QTest::newRow("right after an overlap")
        << "2026-10-25 03:00" << QByteArray("Europe/Berlin") << "2026-10-25T02:00:00.000Z";
    QTest::newRow("far east of UTC") << "2026-12-01 00:30" << QByteArray("Pacific/Kiritimati")
                                     << "2026-11-30T10:30:00.000Z";
}

void TimeTextTest::reads()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, zone);
    const auto read = readTime(text, QTimeZone(zone));
    QVERIFY(read);
    QTEST(toRfc3339(*read), "utc");
}

void TimeTextTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("candidates");
    QTest::newRow("a gap") << "2026-03-29 02:30" << QByteArray("Europe/Berlin")
                           << "2026-03-29T01:30:00+01:00|2026-03-29T03:30:00+02:00";
    QTest::newRow("an overlap") << "2026-10-25 02:30" << QByteArray("Europe/Berlin")
                                << "2026-10-25T02:30:00+02:00|2026-10-25T02:30:00+01:00";
    QTest::newRow("a gap at midnight") << "2026-04-24 00:10" << QByteArray("Africa/Cairo")
                                       << "2026-04-23T23:10:00+02:00|2026-04-24T01:10:00+03:00";
    QTest::newRow("an overlap of half an hour") << "2026-04-05 01:45" << QByteArray("Australia/Lord_Howe")
                                                << "2026-04-05T01:45:00+11:00|2026-04-05T01:45:00+10:30";
    QTest::newRow("a day that does not exist") << "2026-02-30 09:00" << QByteArray("UTC") << "";
    QTest::newRow("no time") << "2026-02-20" << QByteArray("UTC") << "";
    QTest::newRow("words") << "tomorrow" << QByteArray("UTC") << "";
    QTest::newRow("nothing") << "" << QByteArray("UTC") << "";
}

void TimeTextTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, zone);
    QFETCH(const QString, candidates);
    const auto parts = candidates.split(u'|', Qt::SkipEmptyParts);
    const auto read = readTime(text, QTimeZone(zone));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    for (const auto& candidate : parts) {
        QVERIFY2(read.error().detail.contains(candidate), qPrintable(read.error().detail));
        QVERIFY(readTime(candidate, QTimeZone(zone))); // can be given as it is written
    }
}

void TimeTextTest::writesWithZone()
{
    const auto instant = *parseRfc3339(QStringLiteral("2026-12-01T08:00:00.250Z"));
    QCOMPARE(toLocalText(instant, QTimeZone("Europe/Berlin")), QStringLiteral("2026-12-01 09:00:00.250 CET"));
    QCOMPARE(toLocalText(instant, QTimeZone("Asia/Singapore")),
             QStringLiteral("2026-12-01 16:00:00.250 +08"));
}

PUNCTUAL_TEST(TimeTextTest)
#include "time_text_test.moc"
