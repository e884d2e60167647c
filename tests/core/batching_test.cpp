// SPDX-License-Identifier: GPL-3.0-or-later
// Several messages put together, and an answer taken apart.
#include "core/attempt.h"
#include "core/batching.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Format = Batching::Format;

namespace
{

std::vector<Content> contents(const QByteArrayList& bodies)
{
    std::vector<Content> all;
    for (const auto& body : bodies)
        all.push_back({body});
    return all;
}

Exchange answer(int status, const QByteArray& body)
{
    return {.ending = Exchange::Ending::Answered,
            .status = status,
            .response = body,
            .retryAfter = 3s,
            .headers = {{"ratelimit-remaining", "1"}},
            .startedAt = at(),
            .endedAt = at(1s)};
}

} // namespace

class BatchingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSettings();
    void refusesSettings_data();
    void refusesSettings();
    void joins_data();
    void joins();
    void namesWhatCannotBeJoined_data();
    void namesWhatCannotBeJoined();
    void knowsWhatMayJoin();
    void aKeyIsThatOfTheSet();
    void splits_data();
    void splits();
    void partsKeepWhatConcernsThem();
};

void BatchingTest::readsSettings()
{
    std::vector<FieldError> errors;
    const auto json = QJsonDocument::fromJson(R"({"format":"ndjson","max_messages":50,"max_wait_ms":20})");
    const auto read = readBatching(json.object(), u"/batch"_s, errors);
    QVERIFY(errors.empty());
    QCOMPARE(read, (Batching{Format::Ndjson, 50, 20ms}));
    QCOMPARE(toJson(read), json.object());
    QCOMPARE(readBatching({{u"format"_s, u"json_array"_s}}, {}, errors), Batching{});
    QVERIFY(errors.empty());
}

void BatchingTest::refusesSettings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* sentence, const QByteArray& json, const QString& pointer) {
        QTest::newRow(sentence) << json << pointer;
    };
    row("no format", "{}", u"/batch/format"_s);
    row("an unknown format", R"({"format":"csv"})", u"/batch/format"_s);
    row("one message", R"({"format":"ndjson","max_messages":1})", u"/batch/max_messages"_s);
    row("101 messages", R"({"format":"ndjson","max_messages":101})", u"/batch/max_messages"_s);
    row("a wait of more than 10 s", R"({"format":"ndjson","max_wait_ms":10001})", u"/batch/max_wait_ms"_s);
    row("a wait into the past", R"({"format":"ndjson","max_wait_ms":-1})", u"/batch/max_wait_ms"_s);
    row("an unknown field", R"({"format":"ndjson","size":2})", u"/batch/size"_s);
}

void BatchingTest::refusesSettings()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, pointer);
    std::vector<FieldError> errors;
    (void)readBatching(QJsonDocument::fromJson(json).object(), u"/batch"_s, errors);
    QCOMPARE(errors.size(), std::size_t(1));
    QCOMPARE(errors.front().pointer, pointer);
}

void BatchingTest::joins_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArrayList>("bodies");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* sentence, Format format, const QByteArrayList& bodies,
                        const QByteArray& body) { QTest::newRow(sentence) << format << bodies << body; };
    row("an array keeps every byte", Format::JsonArray, {"{\"b\":1.10, \"a\":\n1}", "[2]"},
        "[{\"b\":1.10, \"a\":\n1},[2]]");
    row("values of any kind", Format::JsonArray, {"1", "\"x\"", "null", " true "}, "[1,\"x\",null, true ]");
    row("one alone", Format::JsonArray, {"{}"}, "[{}]");
    row("lines keep every byte", Format::Ndjson, {"{\"b\":1.10, \"a\":1}", "2"},
        "{\"b\":1.10, \"a\":1}\n2\n");
    row("a line end inside is white space", Format::Ndjson, {"{\r\n\"b\": 1.10,\n\"a\": \"x y\\n\" }"},
        "{\"b\":1.10,\"a\":\"x y\\n\"}\n");
}

void BatchingTest::joins()
{
    QFETCH(Format, format);
    QFETCH(QByteArrayList, bodies);
    const auto whole = joined({.format = format}, contents(bodies));
    QVERIFY(whole.has_value());
    QTEST(whole->body, "body");
    QCOMPARE(whole->type,
             format == Format::Ndjson ? QByteArray("application/x-ndjson") : QByteArray("application/json"));
}

void BatchingTest::namesWhatCannotBeJoined_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a text") << QByteArray("hello");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("two values") << QByteArray("1,2");
    QTest::newRow("two lines") << QByteArray("{}\n{}");
    QTest::newRow("the end of one array and the beginning of another") << QByteArray("1],[2");
    QTest::newRow("half an object") << QByteArray("{\"a\":");
    QTest::newRow("wrong UTF-8") << QByteArray("\"\xFF\"");
}

void BatchingTest::namesWhatCannotBeJoined()
{
    QFETCH(QByteArray, body);
    for (const auto format : {Format::JsonArray, Format::Ndjson}) {
        const auto whole = joined({.format = format}, contents({"{}", body, "[]"}));
        QVERIFY(!whole.has_value());
        QCOMPARE(whole.error().code, ErrorCode::InvalidInput);
        QCOMPARE(whole.error().fields.size(), std::size_t(1));
        QCOMPARE(whole.error().fields.front().pointer, u"/1"_s);
    }
}

void BatchingTest::knowsWhatMayJoin()
{
    const Content json{"{}"};
    const Content other{"{}", "application/vnd.api+json; charset=utf-8", {}};
    const Content text{"{}", "text/plain", {}};
    const Content withHeader{"{}", "application/json", {{"X-A", "1"}}};
    QVERIFY(mayJoin(json, json));
    QVERIFY(mayJoin(json, other));
    QVERIFY(!mayJoin(json, text) && !mayJoin(text, json));
    QVERIFY(!mayJoin(json, withHeader) && !mayJoin(withHeader, json));
}

void BatchingTest::aKeyIsThatOfTheSet()
{
    const auto a = QUuid::createUuid();
    const auto b = QUuid::createUuid();
    const auto c = QUuid::createUuid();
    QCOMPARE(batchKey({a, b}), batchKey({b, a}));
    QVERIFY(batchKey({a, b}) != batchKey({a, c}));
    QVERIFY(batchKey({a, b}) != batchKey({a, b, c}));
    QVERIFY(batchKey({a}) != a);
    QCOMPARE(batchKey({a, b}).version(), QUuid::Sha1);
}

void BatchingTest::splits_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QList<int>>("statuses");
    const auto row = [](const char* sentence, int status, const QByteArray& body,
                        const QList<int>& statuses) {
        QTest::newRow(sentence) << status << body << statuses;
    };
    row("numbers are statuses", 207, "[200,422,503]", {200, 422, 503});
    row("objects with a status", 200, R"([{"status":201},{"status":429,"error":"x"},{"status":200}])",
        {201, 429, 200});
    row("an error without a status is worth another attempt", 200,
        R"([{"id":1},{"error":"x"},{"error":null}])", {200, 500, 200});
    row("no error is said in several ways", 200, R"([{"error":false},{"error":null},{}])", {200, 200, 200});
    row("numbers that are no statuses belong to no one", 200, "[101,200,7]", {200, 200, 200});
    row("an array of texts", 202, R"(["a","b","c"])", {202, 202, 202});
    row("an array of another length", 200, "[422,422]", {200, 200, 200});
    row("an object", 200, R"({"status":422})", {200, 200, 200});
    row("no JSON", 200, "ok", {200, 200, 200});
    row("nothing", 204, "", {204, 204, 204});
    row("the whole failed", 503, "[200,200,200]", {503, 503, 503});
    row("the whole was refused", 400, "[200,200,200]", {400, 400, 400});
}

void BatchingTest::splits()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QList<int> statuses;
    for (const auto& part : split(answer(status, body), 3)) {
        statuses.append(part.status);
        QCOMPARE(part.ending, Exchange::Ending::Answered);
        QCOMPARE(part.startedAt, at());
        QCOMPARE(part.endedAt, at(1s));
        QCOMPARE(part.retryAfter, std::optional<Duration>(3s));
        QCOMPARE(part.headers, (std::vector<Header>{{"ratelimit-remaining", "1"}}));
    }
    QTEST(statuses, "statuses");
}

void BatchingTest::partsKeepWhatConcernsThem()
{
    const QByteArray longText = '"' + QByteArray(3000, 'x') + '"';
    const auto parts =
        split(answer(200, R"([ {"status":422, "error":"no such order"} , {"id":)" + longText + "}]"), 2);
    QCOMPARE(parts[0].response, QByteArray(R"({"status":422, "error":"no such order"})"));
    QCOMPARE(parts[0].error, u"no such order"_s);
    QCOMPARE(parts[1].response.size(), keptResponseBytes);
    QVERIFY(parts[1].response.startsWith("{\"id\":\"xxx"));
    QCOMPARE(split(answer(200, QByteArray(3000, 'y')), 2)[1].response, QByteArray(keptResponseBytes, 'y'));

    Exchange cut;
    cut.ending = Exchange::Ending::NoAnswer;
    for (const auto& part : split(cut, 2))
        QCOMPARE(part.ending, Exchange::Ending::NoAnswer);
}

PUNCTUAL_TEST(BatchingTest)
#include "batching_test.moc"
