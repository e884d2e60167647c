// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_after.h"
#include "support/test_main.h"

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

/// 1994-11-06T08:49:00Z, half a minute before the example of RFC 9110.
const Instant morning = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min;

} // namespace

class RetryAfterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowLongToWait_data();
    void tellsHowLongToWait();
    void passesOverWhatItCannotRead_data();
    void passesOverWhatItCannotRead();
    void countsFromTheMicrosecond();
};

void RetryAfterTest::tellsHowLongToWait_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](const char* sentence, const char* value, qint64 seconds) {
        QTest::newRow(sentence) << QByteArray(value) << seconds;
    };
    constexpr qint64 aMonth = 31 * 86'400;
    row("seconds", "120", 120);
    row("no second at all", "0", 0);
    row("seconds between blanks", " 7\t", 7);
    row("half a second", "0.5", 1);
    row("a fraction of nothing", "7.000", 7);
    row("more seconds than a month has", "2678401", aMonth);
    row("more seconds than a number holds", "99999999999999999999999", aMonth);
    row("a date", "Sun, 06 Nov 1994 08:49:37 GMT", 37);
    row("a date of RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", 37);
    row("a date of asctime", "Sun Nov  6 08:49:37 1994", 37);
    row("a date of asctime with two digits for the day", "Tue Nov 15 08:49:37 1994", 9 * 24 * 3600 + 37);
    row("the next day", "Mon, 07 Nov 1994 00:00:00 GMT", 15 * 3600 + 11 * 60);
    row("a leap second", "Sun, 06 Nov 1994 08:49:60 GMT", 60);
    row("a date of this moment", "Sun, 06 Nov 1994 08:49:00 GMT", 0);
    row("a date that has passed", "Sat, 05 Nov 1994 08:49:37 GMT", 0);
    row("a year long ago, of RFC 850", "Monday, 06-Nov-50 08:49:37 GMT", 0);
    row("a date beyond a month", "Sun, 06 Nov 1999 08:49:37 GMT", aMonth);
    row("a year of the next century, of RFC 850", "Thursday, 06-Jan-00 08:49:37 GMT", aMonth);
}

void RetryAfterTest::tellsHowLongToWait()
{
    QFETCH(const QByteArray, value);
    QFETCH(const qint64, seconds);
    QCOMPARE(parseRetryAfter(value, morning), std::optional<Duration>(std::chrono::seconds(seconds)));
}

void RetryAfterTest::passesOverWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("soon");
    QTest::newRow("a number below 0") << QByteArray("-5");
    QTest::newRow("no fraction after a point") << QByteArray("5.");
    QTest::newRow("two points") << QByteArray("1.2.3");
    QTest::newRow("two values") << QByteArray("5, 6");
    QTest::newRow("a day that does not exist") << QByteArray("Wed, 31 Feb 1995 08:49:37 GMT");
    QTest::newRow("a month that does not exist") << QByteArray("Sun, 06 Nox 1994 08:49:37 GMT");
    QTest::newRow("an hour that does not exist") << QByteArray("Sun, 06 Nov 1994 24:00:00 GMT");
    QTest::newRow("another zone") << QByteArray("Sun, 06 Nov 1994 08:49:37 CET");
    QTest::newRow("RFC 3339") << QByteArray("1994-11-06T08:49:37Z");
    QTest::newRow("something behind the date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT+1");
}

void RetryAfterTest::passesOverWhatItCannotRead()
{
    QFETCH(const QByteArray, value);
    QCOMPARE(parseRetryAfter(value, morning), std::optional<Duration>());
}

void RetryAfterTest::countsFromTheMicrosecond()
{
    QCOMPARE(parseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", morning + 1us),
             std::optional<Duration>(37s - 1us));
}

PUNCTUAL_TEST(RetryAfterTest)
#include "retry_after_test.moc"
