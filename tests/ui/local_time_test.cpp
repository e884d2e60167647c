// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"
#include "ui/common/local_time.h"

namespace punctual::ui
{

class LocalTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryInstantOfAReading_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("reading");
        QTest::addColumn<QStringList>("instants");
        const auto row = [](const char* name, const char* zone, const char* reading,
                            const QStringList& instants) {
            QTest::newRow(name) << QByteArray(zone) << QString::fromLatin1(reading) << instants;
        };
        row("an ordinary day", "Europe/Berlin", "2026-12-01T09:00:00",
            {QStringLiteral("2026-12-01T08:00:00.000Z")});
        row("Berlin skips an hour in spring", "Europe/Berlin", "2026-03-29T02:30:00", {});
        row("the first second after the gap", "Europe/Berlin", "2026-03-29T03:00:00",
            {QStringLiteral("2026-03-29T01:00:00.000Z")});
        row("Berlin has an hour twice in autumn", "Europe/Berlin", "2026-10-25T02:30:00",
            {QStringLiteral("2026-10-25T00:30:00.000Z"), QStringLiteral("2026-10-25T01:30:00.000Z")});
        row("Cairo skips midnight", "Africa/Cairo", "2026-04-24T00:30:00", {});
        row("Lord Howe skips half an hour", "Australia/Lord_Howe", "2026-10-04T02:15:00", {});
        row("Lord Howe has half an hour twice", "Australia/Lord_Howe", "2026-04-05T01:45:00",
            {QStringLiteral("2026-04-04T14:45:00.000Z"), QStringLiteral("2026-04-04T15:15:00.000Z")});
        row("Apia skipped a day", "Pacific/Apia", "2011-12-30T12:00:00", {});
        row("a zone without changes", "Asia/Singapore", "2026-12-01T09:00:00",
            {QStringLiteral("2026-12-01T01:00:00.000Z")});
    }

    void findsEveryInstantOfAReading()
    {
        QFETCH(const QByteArray, zone);
        QFETCH(const QString, reading);
        const auto local = QDateTime::fromString(reading + u'Z', Qt::ISODate);
        QStringList found;
        for (const auto instant : instantsOf(local.date(), local.time(), QTimeZone(zone)))
            found << toRfc3339(instant);
        QTEST(found, "instants");
    }
};

} // namespace punctual::ui

using punctual::ui::LocalTimeTest;
PUNCTUAL_TEST(LocalTimeTest)

#include "local_time_test.moc"
