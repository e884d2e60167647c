// SPDX-License-Identifier: GPL-3.0-or-later
// Rate limits as JSON: what is accepted, and which field is named when something is wrong.
#include "core/rate_limit.h"
#include "support/json.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using enum RateAlgorithm;

class RateLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void algorithmsHaveTheirWords();
    void readsWhatIsGiven_data();
    void readsWhatIsGiven();
    void readsBackWhatItWrote_data();
    void readsBackWhatItWrote();
    void laysPartsOverWhatThereIs_data();
    void laysPartsOverWhatThereIs();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
};

void RateLimitTest::algorithmsHaveTheirWords()
{
    const std::vector<std::pair<RateAlgorithm, QString>> words{{TokenBucket, u"token_bucket"_s},
                                                               {LeakyBucket, u"leaky_bucket"_s},
                                                               {FixedWindow, u"fixed_window"_s},
                                                               {SlidingWindow, u"sliding_window"_s},
                                                               {SlidingLog, u"sliding_log"_s}};
    for (const auto& [algorithm, word] : words) {
        QCOMPARE(QString(toText(algorithm)), word);
        QCOMPARE(parseRateAlgorithm(word), algorithm);
        QVERIFY(!parseRateAlgorithm(word.toUpper()));
    }
    QVERIFY(!parseRateAlgorithm(u""));
}

void RateLimitTest::readsWhatIsGiven_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<RateLimit>("rate");
    const auto row = [](const char* sentence, const QByteArray& text, const RateLimit& rate) {
        QTest::newRow(sentence) << text << rate;
    };
    row("a token bucket is what is meant without a word", R"({"limit":100,"per_ms":1000})",
        {TokenBucket, 100, 1s, 100});
    row("a burst of its own", R"({"algorithm":"token_bucket","limit":100,"per_ms":1000,"burst":7})",
        {TokenBucket, 100, 1s, 7});
    row("a leaky bucket", R"({"algorithm":"leaky_bucket","limit":60,"per_ms":60000})",
        {LeakyBucket, 60, 60s, 60});
    row("the shortest window", R"({"algorithm":"fixed_window","limit":1,"per_ms":100})",
        {FixedWindow, 1, 100ms, 1});
    row("the longest window", R"({"algorithm":"sliding_window","limit":1000000,"per_ms":2678400000})",
        {SlidingWindow, 1'000'000, 744h, 1'000'000});
    row("the longest log", R"({"algorithm":"sliding_log","limit":10000,"per_ms":1000})",
        {SlidingLog, 10'000, 1s, 10'000});
    row("a burst of null is none", R"({"algorithm":"sliding_log","limit":5,"per_ms":1000,"burst":null})",
        {SlidingLog, 5, 1s, 5});
    row("the closest even spaces", R"({"algorithm":"leaky_bucket","limit":5000,"per_ms":100})",
        {LeakyBucket, 5000, 100ms, 5000});
    row("many in a burst", R"({"limit":1000,"per_ms":100,"burst":1000000})",
        {TokenBucket, 1000, 100ms, 1'000'000});
}

void RateLimitTest::readsWhatIsGiven()
{
    QFETCH(QByteArray, text);
    std::vector<FieldError> errors;
    QTEST(readRateLimit(objectOf(text), u"/rate_limit"_s, errors), "rate");
    QVERIFY(errors.empty());
}

void RateLimitTest::readsBackWhatItWrote_data()
{
    QTest::addColumn<RateLimit>("rate");
    for (const auto algorithm : {LeakyBucket, FixedWindow, SlidingWindow, SlidingLog})
        QTest::addRow("%s", toText(algorithm).data()) << RateLimit{algorithm, 9, 3s, 9};
    QTest::newRow("a token bucket with a burst") << RateLimit{TokenBucket, 9, 3s, 20};
}

void RateLimitTest::readsBackWhatItWrote()
{
    QFETCH(RateLimit, rate);
    std::vector<FieldError> errors;
    const auto written = toJson(rate);
    QCOMPARE(readRateLimit(written, QString(), errors), rate);
    QVERIFY(errors.empty());
    QCOMPARE(written.contains("burst"_L1), rate.algorithm == TokenBucket);
}

void RateLimitTest::laysPartsOverWhatThereIs_data()
{
    QTest::addColumn<RateLimit>("current");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<RateLimit>("rate");
    const RateLimit plain{TokenBucket, 10, 1s, 10};
    const RateLimit bursting{TokenBucket, 10, 1s, 99};
    QTest::newRow("nothing changes nothing") << bursting << QByteArray("{}") << bursting;
    QTest::newRow("a burst that is the limit goes with it")
        << plain << QByteArray(R"({"limit":20})") << RateLimit{TokenBucket, 20, 1s, 20};
    QTest::newRow("a burst of its own stays")
        << bursting << QByteArray(R"({"limit":20})") << RateLimit{TokenBucket, 20, 1s, 99};
    QTest::newRow("a burst of null is the limit again")
        << bursting << QByteArray(R"({"burst":null})") << plain;
    QTest::newRow("another algorithm has no burst")
        << bursting << QByteArray(R"({"algorithm":"sliding_log"})") << RateLimit{SlidingLog, 10, 1s, 10};
}

void RateLimitTest::laysPartsOverWhatThereIs()
{
    QFETCH(RateLimit, current);
    QFETCH(QByteArray, change);
    std::vector<FieldError> errors;
    QTEST(readRateLimit(objectOf(change), QString(), errors, current), "rate");
    QVERIFY(errors.empty());
}

void RateLimitTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* sentence, const QByteArray& text, const QStringList& pointers) {
        QTest::newRow(sentence) << text << pointers;
    };
    row("a limit of 0", R"({"limit":0,"per_ms":1000})", {u"/rate_limit/limit"_s});
    row("a limit below 0", R"({"limit":-1,"per_ms":1000})", {u"/rate_limit/limit"_s});
    row("half a call", R"({"limit":0.5,"per_ms":1000})", {u"/rate_limit/limit"_s});
    row("more than a million", R"({"limit":1000001,"per_ms":1000})", {u"/rate_limit/limit"_s});
    row("a limit in words", R"({"limit":"ten","per_ms":1000})", {u"/rate_limit/limit"_s});
    row("no limit", R"({"per_ms":1000})", {u"/rate_limit/limit"_s});
    row("no time", R"({"limit":5})", {u"/rate_limit/per_ms"_s});
    row("neither", R"({})", {u"/rate_limit/limit"_s, u"/rate_limit/per_ms"_s});
    row("a window of 99 ms", R"({"limit":5,"per_ms":99})", {u"/rate_limit/per_ms"_s});
    row("a window of 31 days and 1 ms", R"({"limit":5,"per_ms":2678400001})", {u"/rate_limit/per_ms"_s});
    row("an unknown algorithm", R"({"algorithm":"magic","limit":5,"per_ms":1000})",
        {u"/rate_limit/algorithm"_s});
    row("a burst for a leaky bucket", R"({"algorithm":"leaky_bucket","limit":5,"per_ms":1000,"burst":5})",
        {u"/rate_limit/burst"_s});
    row("a burst of 0", R"({"limit":5,"per_ms":1000,"burst":0})", {u"/rate_limit/burst"_s});
    row("a log of 10,001", R"({"algorithm":"sliding_log","limit":10001,"per_ms":1000})",
        {u"/rate_limit/limit"_s});
    row("a leaky bucket of 51 a millisecond", R"({"algorithm":"leaky_bucket","limit":5100,"per_ms":100})",
        {u"/rate_limit/limit"_s});
    row("a burst of 1 with 51 a millisecond", R"({"limit":5100,"per_ms":100,"burst":1})",
        {u"/rate_limit/limit"_s});
    row("an unknown field", R"({"limit":5,"per_ms":1000,"rate":5})", {u"/rate_limit/rate"_s});
}

void RateLimitTest::namesEveryWrongField()
{
    QFETCH(QByteArray, text);
    std::vector<FieldError> errors;
    (void)readRateLimit(objectOf(text), u"/rate_limit"_s, errors);
    QStringList pointers;
    for (const auto& error : errors)
        pointers.append(error.pointer);
    QTEST(pointers, "pointers");
}

PUNCTUAL_TEST(RateLimitTest)

#include "rate_limit_test.moc"
