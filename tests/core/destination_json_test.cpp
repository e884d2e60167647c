// SPDX-License-Identifier: GPL-3.0-or-later
// Destinations as JSON: read, changed in part, written without secrets.
#include "core/destination_json.h"
#include "support/factories.h"
#include "support/json.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

Destination full()
{
    Destination destination = destinationAt(u"https://api.example.com/hook"_s);
    destination.method = "PUT";
    destination.headers = {{"Authorization", "Bearer abc"}, {"X-A", "1"}};
    destination.timeout = 3s;
    destination.maxConcurrency = 8;
    destination.http2 = true;
    destination.retry = {7, Backoff::Fixed, 2s, 3, 9s, 0.5};
    destination.onUnknown = OnUnknown::Hold;
    destination.version = 4;
    destination.createdAt = at();
    destination.updatedAt = at(1s);
    return destination;
}

} // namespace

class DestinationJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void hasDefaults();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
    void namesAllWrongFieldsAtOnce();
    void writesItWithoutSecrets();
    void readsBackWhatItWrote();
    void writesPauses();
    void patchesOnlyWhatIsGiven();
    void nullPutsAFieldBack();
    void mergesHeadersAndRetry();
    void refusesWrongPatches_data();
    void refusesWrongPatches();
    void checksUrls_data();
    void checksUrls();
};

void DestinationJsonTest::readsEveryField()
{
    const auto read =
        readDestination(u"orders"_s, objectOf(R"({"name":"orders","url":"https://api.example.com/hook",
        "method":"PUT","headers":{"X-A":"1"},"timeout_ms":3000,"max_concurrency":8,"http2":true,
        "allow_private_addresses":true,"on_unknown":"hold","retry":{"max_attempts":7,"backoff":"fixed",
        "initial_delay_ms":2000,"factor":3,"max_delay_ms":9000,"jitter":0.5}})"));
    QVERIFY2(read.has_value(), qPrintable(pointersOf(read).join(u' ')));
    QCOMPARE(read->name, u"orders"_s);
    QCOMPARE(read->url, u"https://api.example.com/hook"_s);
    QCOMPARE(read->method, QByteArray("PUT"));
    QCOMPARE(read->headers, (std::vector<Header>{{"X-A", "1"}}));
    QCOMPARE(read->timeout, 3s);
    QCOMPARE(read->maxConcurrency, 8);
    QVERIFY(read->http2 && read->allowPrivateAddresses);
    QCOMPARE(read->onUnknown, OnUnknown::Hold);
    QCOMPARE(read->retry, (RetryPolicy{7, Backoff::Fixed, 2s, 3, 9s, 0.5}));
}

void DestinationJsonTest::hasDefaults()
{
    const auto read =
        readDestination(u"orders"_s, objectOf(R"({"url":"http://a","method":null,"retry":{"jitter":0}})"));
    QVERIFY(read.has_value());
    QCOMPARE(read->method, QByteArray("POST"));
    QCOMPARE(read->timeout, 10s);
    QCOMPARE(read->maxConcurrency, 64);
    QVERIFY(!read->http2 && !read->allowPrivateAddresses && !read->builtIn && !read->pause);
    QCOMPARE(read->onUnknown, OnUnknown::Retry);
    QCOMPARE(read->retry, RetryPolicy{.jitter = 0});
}

void DestinationJsonTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* sentence, const QByteArray& field, const QString& pointer) {
        QTest::newRow(sentence) << field << pointer;
    };
    row("another name", R"("name":"other")", u"/name"_s);
    row("an unknown method", R"("method":"FETCH")", u"/method"_s);
    row("a method in small letters", R"("method":"post")", u"/method"_s);
    row("headers in a list", R"("headers":[])", u"/headers"_s);
    row("a header that belongs to HTTP", R"("headers":{"Content-Length":"1"})", u"/headers/Content-Length"_s);
    row("a hidden value that came back", R"-("headers":{"Authorization":"(hidden)"})-",
        u"/headers/Authorization"_s);
    row("a time-out of 99 ms", R"("timeout_ms":99)", u"/timeout_ms"_s);
    row("a time-out of more than 5 minutes", R"("timeout_ms":300001)", u"/timeout_ms"_s);
    row("no concurrency", R"("max_concurrency":0)", u"/max_concurrency"_s);
    row("a concurrency of 1,001", R"("max_concurrency":1001)", u"/max_concurrency"_s);
    row("http2 as a number", R"("http2":1)", u"/http2"_s);
    row("private addresses as a text", R"("allow_private_addresses":"yes")", u"/allow_private_addresses"_s);
    row("an unknown policy", R"("on_unknown":"forget")", u"/on_unknown"_s);
    row("a retry that is no object", R"("retry":5)", u"/retry"_s);
    row("no attempts", R"("retry":{"max_attempts":0})", u"/retry/max_attempts"_s);
    row("an unknown backoff", R"("retry":{"backoff":"linear"})", u"/retry/backoff"_s);
    row("a factor below 1", R"("retry":{"factor":0.5})", u"/retry/factor"_s);
    row("a jitter above 1", R"("retry":{"jitter":1.5})", u"/retry/jitter"_s);
    row("a delay of more than 10 days", R"("retry":{"max_delay_ms":864000001})", u"/retry/max_delay_ms"_s);
    row("an unknown field of the retry", R"("retry":{"attempts":3})", u"/retry/attempts"_s);
    row("an unknown field", R"("uri":"http://b")", u"/uri"_s);
    row("a rate limit", R"("rate_limit":{"limit":0,"per_ms":1000})", u"/rate_limit/limit"_s);
    row("a quota", R"("quota":{"limit":5,"per":"week"})", u"/quota/per"_s);
    row("a circuit breaker", R"("circuit_breaker":{"probes":0})", u"/circuit_breaker/probes"_s);
    row("an order", R"("order":{"on_failure":"skip","skip_after":0})", u"/order/skip_after"_s);
    row("a signing secret", R"("signing_secret":"whsec_x")", u"/signing_secret"_s);
}

void DestinationJsonTest::namesEveryWrongField()
{
    QFETCH(QByteArray, field);
    QFETCH(QString, pointer);
    const auto read = readDestination(u"orders"_s, objectOf(R"({"url":"http://a",)" + field + "}"));
    QCOMPARE(pointersOf(read), QStringList{pointer});
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
}

void DestinationJsonTest::namesAllWrongFieldsAtOnce()
{
    const auto read = readDestination(u"a b"_s, objectOf(R"({"http2":1,"retry":{"jitter":2}})"));
    auto pointers = pointersOf(read);
    pointers.sort();
    QCOMPARE(pointers, (QStringList{u"/http2"_s, u"/name"_s, u"/retry/jitter"_s, u"/url"_s}));
}

void DestinationJsonTest::writesItWithoutSecrets()
{
    const auto object = toJson(full());
    QCOMPARE(object.value("headers"_L1), objectOf(R"-({"Authorization":"(hidden)","X-A":"1"})-"));
    QVERIFY(!QJsonDocument(object).toJson().contains("abc"));
    QCOMPARE(object.value("retry"_L1),
             objectOf(R"({"max_attempts":7,"backoff":"fixed","initial_delay_ms":2000,
        "factor":3,"max_delay_ms":9000,"jitter":0.5,"retry_on":[408,425,429,"5xx"],
        "refuse_on":[],"stop_on":[410]})"));
    QCOMPARE(object.value("timeout_ms"_L1), 3000);
    QCOMPARE(object.value("version"_L1), 4);
    QCOMPARE(object.value("built_in"_L1), false);
    QVERIFY(object.value("paused"_L1).isNull());
    QCOMPARE(object.value("created_at"_L1), u"2026-12-01T09:00:00.000Z"_s);
}

void DestinationJsonTest::readsBackWhatItWrote()
{
    Destination destination = full();
    destination.headers = {{"X-A", "1"}};
    destination.pause = Pause{};
    const auto read = readDestination(u"orders"_s, toJson(destination));
    QVERIFY2(read.has_value(), qPrintable(pointersOf(read).join(u' ')));
    QCOMPARE(read->retry, destination.retry);
    QCOMPARE(read->timeout, destination.timeout);
    QCOMPARE(read->headers, destination.headers);
    QVERIFY(!read->pause); // a pause is not set this way
}

void DestinationJsonTest::writesPauses()
{
    Destination destination = full();
    destination.pause = Pause{.until = at(1h), .reason = u"maintenance"_s, .by = u"ann"_s};
    QCOMPARE(toJson(destination).value("paused"_L1),
             objectOf(R"({"until":"2026-12-01T10:00:00.000Z","reason":"maintenance","by":"ann"})"));
    destination.pause->until.reset();
    QVERIFY(toJson(destination).value("paused"_L1).toObject().value("until"_L1).isNull());
}

void DestinationJsonTest::patchesOnlyWhatIsGiven()
{
    const auto patched = patchDestination(full(), objectOf(R"({"timeout_ms":500})"));
    QVERIFY(patched.has_value());
    QCOMPARE(patched->timeout, 500ms);
    QCOMPARE(patched->method, QByteArray("PUT"));
    QCOMPARE(patched->headers, full().headers);
    QCOMPARE(patched->retry, full().retry);
    QCOMPARE(patched->version, 4);
    QVERIFY(patchDestination(full(), {}).has_value());
}

void DestinationJsonTest::nullPutsAFieldBack()
{
    const auto patched = patchDestination(full(), objectOf(R"({"method":null,"headers":null,"timeout_ms":null,
        "max_concurrency":null,"http2":null,"allow_private_addresses":null,"retry":null,"on_unknown":null})"));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    const Destination defaults;
    QCOMPARE(patched->method, defaults.method);
    QVERIFY(patched->headers.empty());
    QCOMPARE(patched->timeout, defaults.timeout);
    QCOMPARE(patched->maxConcurrency, defaults.maxConcurrency);
    QVERIFY(!patched->http2 && !patched->allowPrivateAddresses);
    QCOMPARE(patched->retry, defaults.retry);
    QCOMPARE(patched->onUnknown, OnUnknown::Retry);
    QCOMPARE(patched->url, full().url);
}

void DestinationJsonTest::mergesHeadersAndRetry()
{
    const auto patched =
        patchDestination(full(), objectOf(R"({"headers":{"x-a":null,"X-B":"2","authorization":"new"},
        "retry":{"max_attempts":9,"factor":null}})"));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    QCOMPARE(patched->headers, (std::vector<Header>{{"X-B", "2"}, {"authorization", "new"}}));
    QCOMPARE(patched->retry, (RetryPolicy{9, Backoff::Fixed, 2s, RetryPolicy{}.factor, 9s, 0.5}));
}

void DestinationJsonTest::refusesWrongPatches_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("the URL cannot go") << QByteArray(R"({"url":null})") << u"/url"_s;
    QTest::newRow("the URL must be one") << QByteArray(R"({"url":"ftp://a"})") << u"/url"_s;
    QTest::newRow("the name stays") << QByteArray(R"({"name":"other"})") << u"/name"_s;
    QTest::newRow("an unknown field") << QByteArray(R"({"uri":"http://a"})") << u"/uri"_s;
    QTest::newRow("a wrong header") << QByteArray(R"({"headers":{"Host":"a"}})") << u"/headers/Host"_s;
    QTest::newRow("a header that is a number") << QByteArray(R"({"headers":{"X-A":1}})") << u"/headers/X-A"_s;
    QTest::newRow("a wrong retry") << QByteArray(R"({"retry":{"jitter":2}})") << u"/retry/jitter"_s;
    QTest::newRow("an unknown field of the retry")
        << QByteArray(R"({"retry":{"tries":null}})") << u"/retry/tries"_s;
}

void DestinationJsonTest::refusesWrongPatches()
{
    QFETCH(QByteArray, change);
    QFETCH(QString, pointer);
    QCOMPARE(pointersOf(patchDestination(full(), objectOf(change))), QStringList{pointer});
}

void DestinationJsonTest::checksUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("fine");
    QTest::newRow("https") << u"https://api.example.com/hook?a=1"_s << true;
    QTest::newRow("http with a port") << u"http://127.0.0.1:9000/hook"_s << true;
    QTest::newRow("an IPv6 address") << u"http://[::1]:9000/"_s << true;
    QTest::newRow("no path") << u"https://api.example.com"_s << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("no scheme") << u"api.example.com/hook"_s << false;
    QTest::newRow("no host") << u"https:///hook"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("another scheme") << u"ftp://a/b"_s << false;
    QTest::newRow("the built-in scheme") << QString(echoUrl) << false;
    QTest::newRow("a user") << u"https://user@a/"_s << false;
    QTest::newRow("a user and a password") << u"https://user:pw@a/"_s << false;
    QTest::newRow("a fragment") << u"https://a/b#c"_s << false;
    QTest::newRow("a space") << u"https://a/b c"_s << false;
    QTest::newRow("a line end") << u"https://a/b\n"_s << false;
    QTest::newRow("a port beyond 65535") << u"https://a:65536/"_s << false;
    QTest::newRow("more than 2,000 characters") << u"https://a/"_s + QString(2000, u'b') << false;
}

void DestinationJsonTest::checksUrls()
{
    QFETCH(QString, url);
    QTEST(!problemOfUrl(url).has_value(), "fine");
}

PUNCTUAL_TEST(DestinationJsonTest)

#include "destination_json_test.moc"
