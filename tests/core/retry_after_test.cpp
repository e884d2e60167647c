// SPDX-License-Identifier: GPL-3.0-or-later
// Retry-After and the dates of HTTP.
#include "core/retry_after.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class RetryAfterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDates_data();
    void readsDates();
    void readsRetryAfter_data();
    void readsRetryAfter();
};

void RetryAfterTest::readsDates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::optional<Instant>>("instant");
    const auto row = [](const char* sentence, const QByteArray& text, std::optional<Instant> instant) {
        QTest::newRow(sentence) << text << instant;
    };
    const Instant example = instantOf(784'111'777'000'000);
    row("the form of today", "Sun, 06 Nov 1994 08:49:37 GMT", example);
    row("the form of RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", example);
    row("the form of asctime", "Sun Nov  6 08:49:37 1994", example);
    row("asctime with two digits", "Wed Nov 16 08:49:37 1994", example + 240h);
    row("two digits that may be in the future", "Tuesday, 01-Dec-26 09:00:00 GMT", at());
    row("spaces around it", "  Tue, 01 Dec 2026 09:00:00 GMT ", at());
    row("a leap second", "Tue, 01 Dec 2026 08:59:60 GMT", at(-1s));
    row("another zone", "Sun, 06 Nov 1994 08:49:37 CET", {});
    row("a day that does not exist", "Mon, 30 Feb 2026 08:49:37 GMT", {});
    row("an hour that does not exist", "Sun, 06 Nov 1994 24:49:37 GMT", {});
    row("a month in another language", "Sun, 06 Dez 1994 08:49:37 GMT", {});
    row("more behind it", "Sun, 06 Nov 1994 08:49:37 GMT+1", {});
    row("nothing", "", {});
}

void RetryAfterTest::readsDates()
{
    QFETCH(QByteArray, text);
    QTEST(httpDate(text, at()), "instant");
}

void RetryAfterTest::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::optional<Duration>>("wait");
    const auto row = [](const char* sentence, const QByteArray& text, std::optional<Duration> wait) {
        QTest::newRow(sentence) << text << wait;
    };
    row("seconds", "120", 120s);
    row("no seconds", "0", 0s);
    row("seconds with spaces", " 7\t", 7s);
    row("a fraction", "1.5", 1500ms);
    row("a date ahead", "Tue, 01 Dec 2026 09:00:30 GMT", 30s);
    row("a date in the past is no wait", "Tue, 01 Dec 2026 08:00:00 GMT", 0s);
    row("31 days", "2678400", 744h);
    row("more than 31 days", "2678401", 744h);
    row("more than a number holds", QByteArray(60, '9'), 744h);
    row("a date in a hundred years", "Sun, 01 Dec 2126 09:00:00 GMT", 744h);
    row("below zero", "-5", {});
    row("a plus", "+5", {});
    row("an exponent", "1e3", {});
    row("hexadecimal", "0x10", {});
    row("a unit", "5s", {});
    row("no number and no date", "soon", {});
    row("infinity", "inf", {});
    row("nothing", "", {});
}

void RetryAfterTest::readsRetryAfter()
{
    QFETCH(QByteArray, text);
    QTEST(readRetryAfter(text, at()), "wait");
}

PUNCTUAL_TEST(RetryAfterTest)

#include "retry_after_test.moc"
