// SPDX-License-Identifier: GPL-3.0-or-later
// Times and spans, read and written.
#include "core/time.h"
#include "support/test_main.h"

#include <QTimeZone>

using namespace punctual;
using namespace std::chrono;
using namespace Qt::StringLiterals;

class TimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTimes_data();
    void readsTimes();
    void refusesTimes_data();
    void refusesTimes();
    void writesTimes_data();
    void writesTimes();
    void readsSpans_data();
    void readsSpans();
    void refusesSpans_data();
    void refusesSpans();
    void writesSpans_data();
    void writesSpans();
    void convertsToQt();
    void cutsToMilliseconds();
};

void TimeTest::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Instant>("instant");
    const auto row = [](const char* sentence, const QString& text, Instant instant) {
        QTest::newRow(sentence) << text << instant;
    };
    const Instant nine = sys_days{December / 1 / 2026} + 9h;
    row("UTC", u"2026-12-01T09:00:00Z"_s, nine);
    row("UTC in small letters", u"2026-12-01t09:00:00z"_s, nine);
    row("a space between date and time", u"2026-12-01 09:00:00Z"_s, nine);
    row("milliseconds", u"2026-12-01T09:00:00.250Z"_s, nine + 250ms);
    row("one digit is tenths", u"2026-12-01T09:00:00.5Z"_s, nine + 500ms);
    row("microseconds", u"2026-12-01T09:00:00.000001Z"_s, nine + 1us);
    row("nanoseconds are cut, not rounded", u"2026-12-01T09:00:00.000001999Z"_s, nine + 1us);
    row("an offset east is earlier in UTC", u"2026-12-01T17:00:00+08:00"_s, nine);
    row("an offset west is later in UTC", u"2026-12-01T03:30:00-05:30"_s, nine);
    row("an offset of a quarter hour", u"2026-12-01T14:45:00+05:45"_s, nine);
    row("an offset over midnight into the next year", u"2026-12-31T23:30:00-01:00"_s,
        sys_days{January / 1 / 2027} + 30min);
    row("an offset of nothing", u"2026-12-01T09:00:00+00:00"_s, nine);
    row("an unknown offset is UTC (RFC 3339, 4.3)", u"2026-12-01T09:00:00-00:00"_s, nine);
    row("a leap day", u"2028-02-29T00:00:00Z"_s, sys_days{February / 29 / 2028});
    row("the leap day of a century", u"2000-02-29T00:00:00Z"_s, sys_days{February / 29 / 2000});
    row("before 1970, with a fraction", u"1969-12-31T23:59:59.999999Z"_s, Instant{-1us});
    row("the last microsecond of a day", u"2026-12-01T23:59:59.999999Z"_s,
        sys_days{December / 2 / 2026} - 1us);
    row("far away", u"9999-12-31T23:59:59Z"_s, sys_days{December / 31 / 9999} + 24h - 1s);
}

void TimeTest::readsTimes()
{
    QFETCH(QString, text);
    const auto read = parseRfc3339(text);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
    QTEST(*read, "instant");
}

void TimeTest::refusesTimes_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* sentence, const QString& text) { QTest::newRow(sentence) << text; };
    row("nothing", u""_s);
    row("no offset", u"2026-12-01T09:00:00"_s);
    row("a date alone", u"2026-12-01"_s);
    row("no seconds", u"2026-12-01T09:00Z"_s);
    row("a leap day in a common year", u"2026-02-29T00:00:00Z"_s);
    row("a leap day in a common century", u"2100-02-29T00:00:00Z"_s);
    row("the 31st of a short month", u"2026-04-31T00:00:00Z"_s);
    row("month 13", u"2026-13-01T00:00:00Z"_s);
    row("month 0", u"2026-00-01T00:00:00Z"_s);
    row("day 0", u"2026-01-00T00:00:00Z"_s);
    row("hour 24", u"2026-12-01T24:00:00Z"_s);
    row("minute 60", u"2026-12-01T09:60:00Z"_s);
    row("a leap second", u"2016-12-31T23:59:60Z"_s);
    row("an offset of 24 hours", u"2026-12-01T09:00:00+24:00"_s);
    row("an offset of 60 minutes", u"2026-12-01T09:00:00+00:60"_s);
    row("an offset without a colon", u"2026-12-01T09:00:00+0800"_s);
    row("a point without digits", u"2026-12-01T09:00:00.Z"_s);
    row("ten digits", u"2026-12-01T09:00:00.0123456789Z"_s);
    row("a comma", u"2026-12-01T09:00:00,5Z"_s);
    row("a year of five digits", u"12026-12-01T09:00:00Z"_s);
    row("the year 0", u"0000-01-01T00:00:00Z"_s);
    row("something in front", u" 2026-12-01T09:00:00Z"_s);
    row("something behind", u"2026-12-01T09:00:00Z "_s);
    row("a line end behind", u"2026-12-01T09:00:00Z\n"_s);
    row("Arabic digits", u"٢٠٢٦-12-01T09:00:00Z"_s);
    row("words", u"tomorrow"_s);
}

void TimeTest::refusesTimes()
{
    QFETCH(QString, text);
    const auto read = parseRfc3339(text);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    QVERIFY(!read.error().detail.isEmpty());
}

void TimeTest::writesTimes_data()
{
    QTest::addColumn<Instant>("instant");
    QTest::addColumn<QString>("text");
    const Instant nine = sys_days{December / 1 / 2026} + 9h;
    QTest::newRow("milliseconds always") << nine << u"2026-12-01T09:00:00.000Z"_s;
    QTest::newRow("microseconds are cut") << nine + 250'999us << u"2026-12-01T09:00:00.250Z"_s;
    QTest::newRow("the epoch") << Instant{} << u"1970-01-01T00:00:00.000Z"_s;
    QTest::newRow("before the epoch it is cut downwards too")
        << Instant{-1us} << u"1969-12-31T23:59:59.999Z"_s;
    QTest::newRow("a leap day") << Instant{sys_days{February / 29 / 2028}} << u"2028-02-29T00:00:00.000Z"_s;
}

void TimeTest::writesTimes()
{
    QFETCH(Instant, instant);
    QTEST(toRfc3339(instant), "text");
    QCOMPARE(parseRfc3339(toRfc3339(instant)).value(), floor<milliseconds>(instant));
}

void TimeTest::readsSpans_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Duration>("span");
    const auto row = [](const char* sentence, const QString& text, Duration span) {
        QTest::newRow(sentence) << text << span;
    };
    row("seconds", u"5s"_s, 5s);
    row("milliseconds are not minutes", u"250ms"_s, 250ms);
    row("minutes", u"3m"_s, 3min);
    row("days", u"10d"_s, 240h);
    row("hours and minutes", u"1h30m"_s, 90min);
    row("minutes and milliseconds", u"1m1ms"_s, 1min + 1ms);
    row("all units", u"1d2h3m4s5ms"_s, 26h + 3min + 4s + 5ms);
    row("nothing", u"0s"_s, 0s);
    row("more than the next unit", u"90m"_s, 90min);
    row("the largest days", u"999999d"_s, 24h * 999'999);
}

void TimeTest::readsSpans()
{
    QFETCH(QString, text);
    const auto read = parseDuration(text);
    QVERIFY(read.has_value());
    QTEST(*read, "span");
}

void TimeTest::refusesSpans_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* sentence, const QString& text) { QTest::newRow(sentence) << text; };
    row("nothing", u""_s);
    row("no unit", u"5"_s);
    row("no number", u"s"_s);
    row("a fraction", u"1.5h"_s);
    row("a negative number", u"-5s"_s);
    row("a plus", u"+5s"_s);
    row("the smaller unit first", u"30m1h"_s);
    row("a unit twice", u"1h1h"_s);
    row("a space", u"1h 30m"_s);
    row("a line end", u"5s\n"_s);
    row("capital letters", u"5S"_s);
    row("another unit", u"5w"_s);
    row("a number that would overflow", u"9999999d"_s);
}

void TimeTest::refusesSpans()
{
    QFETCH(QString, text);
    const auto read = parseDuration(text);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
}

void TimeTest::writesSpans_data()
{
    QTest::addColumn<Duration>("span");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* sentence, Duration span, const QString& text) {
        QTest::newRow(sentence) << span << text;
    };
    row("nothing", 0s, u"0s"_s);
    row("below a millisecond", 999us, u"0s"_s);
    row("milliseconds", 250ms, u"250ms"_s);
    row("units that are nothing are left out", 24h + 5ms, u"1d5ms"_s);
    row("hours and minutes", 90min, u"1h30m"_s);
    row("all units", 26h + 3min + 4s + 5ms, u"1d2h3m4s5ms"_s);
    row("400 days", 24h * 400, u"400d"_s);
}

void TimeTest::writesSpans()
{
    QFETCH(Duration, span);
    QTEST(toText(span), "text");
    QCOMPARE(parseDuration(toText(span)).value(), floor<milliseconds>(span));
}

void TimeTest::convertsToQt()
{
    const Instant instant = sys_days{March / 29 / 2026} + 1h + 30min + 1ms;
    QCOMPARE(toDateTime(instant), QDateTime(QDate(2026, 3, 29), QTime(1, 30, 0, 1), QTimeZone::utc()));
    QCOMPARE(fromDateTime(toDateTime(instant)), instant);
    QCOMPARE(fromDateTime(QDateTime(QDate(2026, 3, 29), QTime(9, 30, 0, 1), QTimeZone(8 * 3600))), instant);
    QCOMPARE(instantOf(toMicroseconds(instant)), instant);
}

void TimeTest::cutsToMilliseconds()
{
    QCOMPARE(toMilliseconds(1999us), 1);
    QCOMPARE(toMilliseconds(24h * 400), 400LL * 24 * 3600 * 1000);
}

PUNCTUAL_TEST(TimeTest)

#include "time_test.moc"
