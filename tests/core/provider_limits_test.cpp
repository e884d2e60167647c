// SPDX-License-Identifier: GPL-3.0-or-later
// What answers say about limits, in all dialects. The present is 2026-12-01T09:00:00Z, 1796115600.
#include "core/provider_limits.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

using Headers = std::vector<Header>;

class ProviderLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDialects_data();
    void readsDialects();
    void readsResets_data();
    void readsResets();
    void ignoresBadNumbers_data();
    void ignoresBadNumbers();
};

void ProviderLimitsTest::readsDialects_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<ProviderLimits>("limits");
    const auto row = [](const char* sentence, const Headers& headers, const ProviderLimits& limits) {
        QTest::newRow(sentence) << headers << limits;
    };
    const ProviderLimits usual{100, 50, at(30s), {}};
    row("nothing", {}, {});
    row("other headers", {{"Content-Type", "text/plain"}, {"X-RateLimit", "5"}}, {});
    row("three fields of the draft",
        {{"RateLimit-Limit", "100"}, {"RateLimit-Remaining", "50"}, {"RateLimit-Reset", "30"}}, usual);
    row("in small letters",
        {{"ratelimit-limit", "100"}, {"ratelimit-remaining", "50"}, {"ratelimit-reset", "30"}}, usual);
    row("with the policies behind the limit",
        {{"RateLimit-Limit", "100, 100;w=60, 1000;w=3600"},
         {"RateLimit-Remaining", "50"},
         {"RateLimit-Reset", "30"}},
        usual);
    row("with a parameter", {{"RateLimit-Limit", "100;w=60"}}, {100, {}, {}, {}});
    row("one field of the draft", {{"RateLimit", "limit=100, remaining=50, reset=30"}}, usual);
    row("in another order and tight", {{"RateLimit", "reset=30,limit=100,remaining=50"}}, usual);
    row("a named policy", {{"RateLimit", R"("default";r=50;t=30)"}}, {{}, 50, at(30s), {}});
    row("a named policy with its quota",
        {{"RateLimit", R"("default";r=50;t=30)"}, {"RateLimit-Policy", R"("default";q=100;w=60)"}}, usual);
    row("of two policies the one with the least left",
        {{"RateLimit", R"("day";r=900;t=3600, "minute";r=50;t=30)"},
         {"RateLimit-Policy", R"("day";q=1000;w=86400, "minute";q=100;w=60)"}},
        usual);
    row("a policy without a time", {{"RateLimit", R"("default";r=0)"}}, {{}, 0, {}, {}});
    row("with an X",
        {{"X-RateLimit-Limit", "100"}, {"X-RateLimit-Remaining", "50"}, {"X-RateLimit-Reset", "1796115630"}},
        usual);
    row("with an X and a dash",
        {{"X-Rate-Limit-Limit", "100"}, {"X-Rate-Limit-Remaining", "50"}, {"X-Rate-Limit-Reset", "30"}},
        usual);
    row("with the seconds by themselves",
        {{"X-RateLimit-Limit", "100"},
         {"X-RateLimit-Remaining", "50"},
         {"X-RateLimit-Reset", "1796115999"},
         {"X-RateLimit-Reset-After", "30.0"}},
        usual);
    row("the draft before the X", {{"X-RateLimit-Remaining", "1"}, {"RateLimit-Remaining", "2"}},
        {{}, 2, {}, {}});
    row("Retry-After alone", {{"Retry-After", "7"}}, {{}, {}, {}, 7s});
    row("Retry-After as a date", {{"retry-after", "Tue, 01 Dec 2026 09:01:00 GMT"}}, {{}, {}, {}, 60s});
    row("Retry-After besides the rest", {{"RateLimit-Remaining", "0"}, {"Retry-After", "7"}},
        {{}, 0, {}, 7s});
    row("no sense at all", {{"RateLimit", ";;,=,"}, {"RateLimit-Policy", ",;"}, {"Retry-After", "later"}},
        {});
}

void ProviderLimitsTest::readsDialects()
{
    QFETCH(Headers, headers);
    const auto read = readProviderLimits(headers, at());
    QFETCH(ProviderLimits, limits);
    QCOMPARE(read.limit, limits.limit);
    QCOMPARE(read.remaining, limits.remaining);
    QCOMPARE(read.resetAt, limits.resetAt);
    QCOMPARE(read.retryAfter, limits.retryAfter);
    QCOMPARE(read.isEmpty(), limits == ProviderLimits{});
}

void ProviderLimitsTest::readsResets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::optional<Instant>>("reset");
    const auto row = [](const char* sentence, const QByteArray& text, std::optional<Instant> reset) {
        QTest::newRow(sentence) << text << reset;
    };
    row("no seconds is now", "0", at());
    row("seconds from now", "60", at(60s));
    row("a fraction of a second", "0.25", at(250ms));
    row("31 days from now", "2678400", at(744h));
    row("31 days and a second", "2678401", {});
    row("between seconds and a date", "999999999", {});
    row("seconds since 1970", "1796115660", at(60s));
    row("seconds since 1970 with a fraction", "1796115660.5", at(60500ms));
    row("seconds since 1970, just gone", "1796115599", at());
    row("seconds since 1970, long gone", "1796115000", {});
    row("seconds since 1970, 31 days ahead", "1798794000", at(744h));
    row("seconds since 1970, farther ahead", "1798794001", {});
    row("milliseconds since 1970", "1796115660000", at(60s));
    row("milliseconds since 1970, long gone", "1000000000000", {});
    row("microseconds since 1970 are not understood", "1796115660000000", {});
    row("a date of HTTP", "Tue, 01 Dec 2026 09:01:00 GMT", at(60s));
    row("a date of RFC 3339", "2026-12-01T10:01:00+01:00", at(60s));
    row("a date of RFC 3339 in UTC", "2026-12-01T09:01:00Z", at(60s));
    row("a date long ago", "2016-12-01T09:01:00Z", {});
    row("a date in a hundred years", "2126-12-01T09:01:00Z", {});
    row("a date without a zone", "2026-12-01T09:01:00", {});
    row("several values", "60, 3600", at(60s));
    row("below zero", "-60", {});
    row("words", "in a minute", {});
    row("two points", "1.2.3", {});
    row("nothing", "", {});
}

void ProviderLimitsTest::readsResets()
{
    QFETCH(QByteArray, text);
    QTEST(readProviderLimits({{"X-RateLimit-Reset", text}}, at()).resetAt, "reset");
}

void ProviderLimitsTest::ignoresBadNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "-1", "+1", "1.5", "1e3", "nan", "inf", "ten", "0x10", "1 000", "'5'",
                             "99999999999999999999", "1000000000001"})
        QTest::newRow(text) << QByteArray(text);
}

void ProviderLimitsTest::ignoresBadNumbers()
{
    QFETCH(QByteArray, text);
    for (const QByteArray prefix : {"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"})
        QVERIFY(readProviderLimits({{prefix + "Remaining", text}, {prefix + "Limit", text}}, at()).isEmpty());
    QVERIFY(readProviderLimits({{"RateLimit", "\"a\";r=" + text}}, at()).isEmpty());
    QVERIFY(readProviderLimits({{"RateLimit", "remaining=" + text}}, at()).isEmpty());
}

PUNCTUAL_TEST(ProviderLimitsTest)

#include "provider_limits_test.moc"
