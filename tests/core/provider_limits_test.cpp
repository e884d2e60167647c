// SPDX-License-Identifier: GPL-3.0-or-later
// The dialects in which third parties speak of their limits.
#include "core/provider_limits.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

using Headers = std::vector<Header>;

namespace
{

using Count = std::optional<qint64>;
using Wait = std::optional<Duration>;

constexpr Duration month = std::chrono::days(31);

/// Of 2026-12-01T09:00:00Z, which at() is.
const QByteArray epoch = "1796115600";

QByteArray epochPlus(qint64 seconds)
{
    return QByteArray::number(epoch.toLongLong() + seconds);
}

} // namespace

class ProviderLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryDialect_data();
    void readsEveryDialect();
    void readsEveryFormOfReset_data();
    void readsEveryFormOfReset();
    void ignoresWhatIsNoCount_data();
    void ignoresWhatIsNoCount();
    void countsFromTheMicrosecond();
    void isEmptyWithoutAWord();
};

void ProviderLimitsTest::readsEveryDialect_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<Count>("limit");
    QTest::addColumn<Count>("remaining");
    QTest::addColumn<Wait>("wait");
    const auto row = [](const char* sentence, const Headers& headers, Count limit, Count remaining,
                        Wait wait) { QTest::newRow(sentence) << headers << limit << remaining << wait; };
    const auto none = std::nullopt;

    row("nothing", {}, none, none, none);
    row("other headers", {{"retry-after", "5"}, {"x-request-id", "7"}}, none, none, none);
    row("three fields",
        {{"ratelimit-limit", "100"}, {"ratelimit-remaining", "50"}, {"ratelimit-reset", "30"}}, 100, 50, 30s);
    row("the seconds until the reset beside its moment",
        {{"x-ratelimit-remaining", "0"},
         {"x-ratelimit-reset", epochPlus(40)},
         {"x-ratelimit-reset-after", "1.5"}},
        none, 0, 1500ms);
    row("the limit alone", {{"ratelimit-limit", "100"}}, 100, none, none);
    row("what remains alone", {{"ratelimit-remaining", "0"}}, none, 0, none);
    row("the reset alone", {{"ratelimit-reset", "0"}}, none, none, 0s);
    row("a limit with its policies",
        {{"ratelimit-limit", "10, 10;w=1, 50;w=60"}, {"ratelimit-remaining", "9"}}, 10, 9, none);
    row("a limit with a window", {{"ratelimit-limit", "100;window=60"}}, 100, none, none);
    row("lists in each field",
        {{"ratelimit-limit", "100, 1000"}, {"ratelimit-remaining", "5,900"}, {"ratelimit-reset", "7, 900"}},
        100, 5, 7s);
    row("blanks around it", {{"ratelimit-remaining", " 8\t"}}, none, 8, none);
    row("a field that came twice", {{"ratelimit-remaining", "3"}, {"ratelimit-remaining", "4"}}, none, 3,
        none);

    row("a dictionary", {{"ratelimit", "limit=100, remaining=50, reset=30"}}, 100, 50, 30s);
    row("a dictionary without blanks in another order", {{"ratelimit", "reset=30,remaining=50,limit=100"}},
        100, 50, 30s);
    row("a dictionary with parameters", {{"ratelimit", "limit=100;w=60, remaining=50;x=\"a,b\", reset=30"}},
        100, 50, 30s);
    row("a dictionary on two lines", {{"ratelimit", "limit=100"}, {"ratelimit", "remaining=50, reset=30"}},
        100, 50, 30s);
    row("a dictionary with a part that is wrong", {{"ratelimit", "limit=x, remaining=50"}}, none, 50, none);
    row("a dictionary with keys that only look alike", {{"ratelimit", "limits=100, remaining=5"}}, none, 5,
        none);

    row("an item", {{"ratelimit", R"("default";r=50;t=30)"}}, none, 50, 30s);
    row("an item with blanks", {{"ratelimit", R"("100-in-1min"; r=50; t=30)"}}, none, 50, 30s);
    row("an item whose name is a token", {{"ratelimit", "default;r=50;t=30"}}, none, 50, 30s);
    row("an item with a partition key", {{"ratelimit", R"("default";r=0;t=30;pk=:cHsdsRa894==:)"}}, none, 0,
        30s);
    row("an item without a time", {{"ratelimit", R"("default";r=50)"}}, none, 50, none);
    row("a name that has everything in it", {{"ratelimit", R"("a;r=1,b\";r=2";r=50;t=30)"}}, none, 50, 30s);
    row("an item and its policy",
        {{"ratelimit-policy", R"("hour";q=1000;w=3600, "minute";q=100;w=60)"},
         {"ratelimit", R"("minute";r=50;t=30)"}},
        100, 50, 30s);
    row("an item without its policy",
        {{"ratelimit-policy", R"("hour";q=1000)"}, {"ratelimit", R"("minute";r=50;t=30)"}}, none, 50, 30s);
    row("of several items the one with the least left",
        {{"ratelimit", R"("day";r=500;t=4000, "minute";r=0;t=10, "hour";r=20;t=900)"},
         {"ratelimit-policy", R"("day";q=1000,"minute";q=9)"}},
        9, 0, 10s);
    row("of items with as much left the one for longer",
        {{"ratelimit", R"("minute";r=0;t=10, "hour";r=0;t=900, "second";r=0)"}}, none, 0, 900s);
    row("items on two lines", {{"ratelimit", R"("a";r=5;t=1)"}, {"ratelimit", R"("b";r=4;t=2)"}}, none, 4,
        2s);
    row("an item that says nothing beside one that does", {{"ratelimit", R"("a";r=x, "b";r=4)"}}, none, 4,
        none);
    row("a policy alone says nothing of now", {{"ratelimit-policy", R"("hour";q=1000;w=3600)"}}, none, none,
        none);

    row("three fields with X",
        {{"x-ratelimit-limit", "60"}, {"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", epochPlus(3600)}},
        60, 0, 1h);
    row("three fields with X and another dash",
        {{"x-rate-limit-limit", "15"},
         {"x-rate-limit-remaining", "14"},
         {"x-rate-limit-reset", epochPlus(900)}},
        15, 14, 15min);

    row("the structured form before the others",
        {{"x-ratelimit-limit", "60"}, {"ratelimit-limit", "10"}, {"ratelimit", R"("a";r=5)"}}, none, 5, none);
    row("the standard before X",
        {{"x-rate-limit-remaining", "1"}, {"x-ratelimit-remaining", "2"}, {"ratelimit-remaining", "3"}}, none,
        3, none);
    row("X without the dash before X with it",
        {{"x-rate-limit-remaining", "1"}, {"x-ratelimit-remaining", "2"}}, none, 2, none);
    row("the next dialect when the first is unreadable",
        {{"ratelimit", "yes"}, {"ratelimit-limit", "many"}, {"x-ratelimit-limit", "60"}}, 60, none, none);
}

void ProviderLimitsTest::readsEveryDialect()
{
    QFETCH(Headers, headers);
    QFETCH(Wait, wait);
    const auto limits = readProviderLimits(headers, at());
    QTEST(limits.limit, "limit");
    QTEST(limits.remaining, "remaining");
    QCOMPARE(limits.resetAt, wait ? std::optional(at(*wait)) : std::nullopt);
}

void ProviderLimitsTest::readsEveryFormOfReset_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<Wait>("wait");
    const auto row = [](const char* sentence, const QByteArray& value, Wait wait) {
        QTest::newRow(sentence) << value << wait;
    };
    const auto none = std::nullopt;
    row("seconds", "30", 30s);
    row("no second", "0", 0s);
    row("seconds and a fraction", "1.25", 1250ms);
    row("seconds with zeros in front", "0030", 30s);
    row("31 days of seconds", "2678400", month);
    row("a second more is nothing", "2678401", none);
    row("seconds since 1970", epochPlus(60), 60s);
    row("seconds since 1970 with a fraction", epochPlus(60) + ".5", 60s + 500ms);
    row("seconds since 1970, first of a list", epochPlus(60) + ", " + epochPlus(90), 60s);
    row("this very second", epoch, 0s);
    row("the second before", epochPlus(-1), none);
    row("31 days from now", epochPlus(2678400), month);
    row("31 days and a second from now", epochPlus(2678401), none);
    row("milliseconds since 1970", epochPlus(60) + "250", 60s + 250ms);
    row("milliseconds since 1970 with a fraction", epochPlus(60) + "250.5", 60s + 250500us);
    row("this very millisecond", epoch + "000", 0s);
    row("the millisecond before", epochPlus(-1) + "999", none);
    row("31 days from now in milliseconds", epochPlus(2678400) + "000", month);
    row("31 days and a millisecond from now", epochPlus(2678400) + "001", none);
    row("microseconds since 1970", epoch + "000000", none);
    row("a number beyond all numbers", QByteArray(400, '9'), none);
    row("a date", "Tue, 01 Dec 2026 09:00:30 GMT", 30s);
    row("a date between blanks", " Tue, 01 Dec 2026 09:00:30 GMT ", 30s);
    row("a date of RFC 850", "Tuesday, 01-Dec-26 09:00:30 GMT", 30s);
    row("a date of asctime", "Tue Dec  1 09:00:30 2026", 30s);
    row("a date that has passed", "Tue, 01 Dec 2026 08:59:59 GMT", none);
    row("a date in two months", "Mon, 01 Feb 2027 09:00:00 GMT", none);
    row("a date that does not exist", "Tue, 31 Nov 2026 09:00:30 GMT", none);
    row("an ISO date", "2026-12-01T09:00:30Z", 30s);
    row("an ISO date with an offset", "2026-12-01T17:00:30.5+08:00", 30s + 500ms);
    row("an ISO date, first of a list", "2026-12-01T09:00:30Z, 2026-12-02T09:00:30Z", 30s);
    row("an ISO date without an offset", "2026-12-01T09:00:30", none);
    row("an ISO date that has passed", "2026-12-01T08:00:00Z", none);
    row("an ISO date in a year", "2027-12-01T09:00:00Z", none);
    row("nothing", "", none);
    row("a word", "soon", none);
    row("a number below 0", "-5", none);
    row("a number with a plus", "+5", none);
    row("a number with a power", "1e3", none);
    row("a number of another base", "0x10", none);
    row("a number with a unit", "30s", none);
    row("infinity", "inf", none);
    row("no number", "nan", none);
    row("a fraction without a number", ".5", none);
    row("two points", "1.2.3", none);
}

void ProviderLimitsTest::readsEveryFormOfReset()
{
    QFETCH(QByteArray, value);
    QFETCH(Wait, wait);
    const auto expected = wait ? std::optional(at(*wait)) : std::nullopt;
    for (const char* name : {"ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"})
        QCOMPARE(readProviderLimits({{name, value}}, at()), (ProviderLimits{.resetAt = expected}));
}

void ProviderLimitsTest::ignoresWhatIsNoCount_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray("  ");
    QTest::newRow("a word") << QByteArray("unlimited");
    QTest::newRow("a number below 0") << QByteArray("-1");
    QTest::newRow("a number with a plus") << QByteArray("+1");
    QTest::newRow("a fraction") << QByteArray("1.5");
    QTest::newRow("a power") << QByteArray("1e3");
    QTest::newRow("digits and more") << QByteArray("10 requests");
    QTest::newRow("more than a number holds") << QByteArray("9223372036854775808");
    QTest::newRow("an empty first value") << QByteArray(", 10");
    QTest::newRow("digits of another script") << QByteArray("\xD9\xA1");
    QTest::newRow("an open string") << QByteArray("\"10");
    QTest::newRow("a string that ends in an escape") << QByteArray("\"10\\");
}

void ProviderLimitsTest::ignoresWhatIsNoCount()
{
    QFETCH(QByteArray, value);
    for (const QByteArray prefix : {"ratelimit-", "x-ratelimit-", "x-rate-limit-"}) {
        QCOMPARE(readProviderLimits({{prefix + "limit", value}}, at()), ProviderLimits{});
        QCOMPARE(readProviderLimits({{prefix + "remaining", value}}, at()), ProviderLimits{});
    }
    QCOMPARE(readProviderLimits({{"ratelimit", "limit=" + value}}, at()), ProviderLimits{});
    QCOMPARE(readProviderLimits({{"ratelimit", "\"a\";r=" + value}}, at()), ProviderLimits{});
    QCOMPARE(readProviderLimits({{"ratelimit", value}}, at()), ProviderLimits{});
}

void ProviderLimitsTest::countsFromTheMicrosecond()
{
    const Instant now = at(1us);
    QCOMPARE(readProviderLimits({{"ratelimit-reset", "30"}}, now).resetAt, std::optional(now + 30s));
    QCOMPARE(readProviderLimits({{"ratelimit-reset", epochPlus(30)}}, now).resetAt, std::optional(at(30s)));
    QVERIFY(readProviderLimits({{"ratelimit-reset", epoch}}, now).isEmpty()); // it was a microsecond ago
}

void ProviderLimitsTest::isEmptyWithoutAWord()
{
    QVERIFY(ProviderLimits{}.isEmpty());
    QVERIFY(!ProviderLimits{.limit = 1}.isEmpty());
    QVERIFY(!ProviderLimits{.remaining = 0}.isEmpty());
    QVERIFY(!ProviderLimits{.resetAt = at()}.isEmpty());
    // No limit at all would be divided by.
    QVERIFY(readProviderLimits({{"x-ratelimit-limit", "0"}}, at()).isEmpty());
}

PUNCTUAL_TEST(ProviderLimitsTest)

#include "provider_limits_test.moc"
