// SPDX-License-Identifier: GPL-3.0-or-later
// Messages and attempts, written as JSON.
#include "core/message_json.h"
#include "core/uuid_v7.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QJsonArray>

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MessageJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAScheduledMessage();
    void writesWhatHappened();
    void writesBodiesAsWhatTheyAre_data();
    void writesBodiesAsWhatTheyAre();
    void hidesCredentials();
    void writesAttempts();
    void guessesContentTypes_data();
    void guessesContentTypes();
};

void MessageJsonTest::writesAScheduledMessage()
{
    NewMessage fresh = messageFor(u"orders"_s);
    fresh.key = u"customer-12"_s;
    fresh.tags = {u"promo"_s};
    fresh.expiresAfter = 10min;
    fresh.retry = {{u"factor"_s, 3}};
    const auto object = toJson(asScheduled(fresh, at(250ms), at(), 5));
    const QJsonObject expected{
        {u"id"_s, toText(fresh.id)},
        {u"destination"_s, u"orders"_s},
        {u"state"_s, u"scheduled"_s},
        {u"priority"_s, u"normal"_s},
        {u"key"_s, u"customer-12"_s},
        {u"tags"_s, QJsonArray{u"promo"_s}},
        {u"due_at"_s, u"2026-12-01T09:00:00.250Z"_s},
        {u"next_attempt_at"_s, u"2026-12-01T09:00:00.250Z"_s},
        {u"created_at"_s, u"2026-12-01T09:00:00.000Z"_s},
        {u"updated_at"_s, u"2026-12-01T09:00:00.000Z"_s},
        {u"version"_s, qint64{1'796'115'600'000'000}},
        {u"finished_at"_s, {}},
        {u"claimed_at"_s, {}},
        {u"attempts"_s, 0},
        {u"max_attempts"_s, 5},
        {u"retry"_s, QJsonObject{{u"factor"_s, 3}}},
        {u"expires_after_ms"_s, 600'000},
        {u"replay_of"_s, {}},
        {u"last_status"_s, {}},
        {u"last_error"_s, {}},
        {u"cancelled_by"_s, {}},
        {u"body_bytes"_s, 11},
        {u"payload"_s, QJsonObject{{u"order"_s, 7}}},
        {u"content_type"_s, u"application/json"_s},
        {u"headers"_s, QJsonObject()},
    };
    QCOMPARE(object, expected);
}

void MessageJsonTest::writesWhatHappened()
{
    Message message;
    message.state = MessageState::Dead;
    message.finishedAt = at(1s);
    message.claimedAt = at(2s);
    message.lastStatus = 503;
    message.lastError = u"busy"_s;
    message.cancelledBy = u"ann"_s;
    message.replayOf = QUuid::fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_L1);
    const auto object = toJson(message);
    QCOMPARE(object.value("state"_L1), u"dead"_s);
    QCOMPARE(object.value("finished_at"_L1), u"2026-12-01T09:00:01.000Z"_s);
    QCOMPARE(object.value("claimed_at"_L1), u"2026-12-01T09:00:02.000Z"_s);
    QCOMPARE(object.value("last_status"_L1), 503);
    QCOMPARE(object.value("last_error"_L1), u"busy"_s);
    QCOMPARE(object.value("cancelled_by"_L1), u"ann"_s);
    QCOMPARE(object.value("replay_of"_L1), u"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_s);
    QVERIFY(object.value("next_attempt_at"_L1).isNull());
    QVERIFY(object.value("key"_L1).isNull());
    QVERIFY(!object.contains("content_type"_L1)); // in lists
}

void MessageJsonTest::writesBodiesAsWhatTheyAre_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char* sentence, const QByteArray& type, const QByteArray& body,
                        const QString& field, const QJsonValue& value) {
        QTest::newRow(sentence) << type << body << field << value;
    };
    const QByteArray json = "application/json";
    row("JSON is a payload", json, "[1]", u"payload"_s, QJsonArray{1});
    row("JSON with a character set is a payload", json + "; charset=utf-8", "true", u"payload"_s, true);
    row("a JSON null is a payload", json, "null", u"payload"_s, QJsonValue::Null);
    row("what only claims to be JSON is a body", json, "{", u"body"_s, u"{"_s);
    row("two JSON values are a body", json, "1,2", u"body"_s, u"1,2"_s);
    row("nothing is a body", json, "", u"body"_s, QString());
    row("text is a body", "text/plain", "7", u"body"_s, u"7"_s);
    row("what is not UTF-8 is bytes", "text/plain", "\xFF", u"body_base64"_s, u"/w=="_s);
}

void MessageJsonTest::writesBodiesAsWhatTheyAre()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    Message message;
    message.content = Content{.body = body, .type = type};
    const auto object = toJson(message);
    QTEST(object.value(field), "value");
    QCOMPARE(int(object.contains("payload"_L1)) + int(object.contains("body"_L1)) +
                 int(object.contains("body_base64"_L1)),
             1);
}

void MessageJsonTest::hidesCredentials()
{
    Message message;
    message.content = Content{.body = "x", .headers = {{"Authorization", "Bearer abc"}, {"X-A", "1"}}};
    QCOMPARE(toJson(message).value("headers"_L1),
             (QJsonObject{{u"Authorization"_s, u"(hidden)"_s}, {u"X-A"_s, u"1"_s}}));
}

void MessageJsonTest::writesAttempts()
{
    Attempt attempt;
    attempt.number = 2;
    attempt.node = QUuid::fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_L1);
    attempt.outcome = Outcome::Failed;
    attempt.status = 503;
    attempt.response = "busy";
    attempt.startedAt = at(1ms);
    attempt.finishedAt = at(20ms);
    attempt.lateness = 1250us;
    const QJsonObject expected{{u"number"_s, 2},
                               {u"outcome"_s, u"failed"_s},
                               {u"status"_s, 503},
                               {u"error"_s, {}},
                               {u"response"_s, u"busy"_s},
                               {u"started_at"_s, u"2026-12-01T09:00:00.001Z"_s},
                               {u"finished_at"_s, u"2026-12-01T09:00:00.020Z"_s},
                               {u"lateness_ms"_s, 1.25},
                               {u"node"_s, u"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_s}};
    QCOMPARE(toJson(attempt), expected);
    attempt.status = 0;
    attempt.error = u"connection refused"_s;
    QVERIFY(toJson(attempt).value("status"_L1).isNull());
    QCOMPARE(toJson(attempt).value("error"_L1), u"connection refused"_s);
}

void MessageJsonTest::guessesContentTypes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("json");
    QTest::newRow("an object") << QByteArray(R"({"a":1})") << true;
    QTest::newRow("an array") << QByteArray(" [1] ") << true;
    QTest::newRow("a string") << QByteArray(R"("a")") << true;
    QTest::newRow("a number") << QByteArray("7") << true;
    QTest::newRow("words") << QByteArray("hello") << false;
    QTest::newRow("two values") << QByteArray("1,2") << false;
    QTest::newRow("broken JSON") << QByteArray(R"({"a":)") << false;
    QTest::newRow("brackets that do not match") << QByteArray("1],[2") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void MessageJsonTest::guessesContentTypes()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, json);
    QCOMPARE(guessContentType(body),
             json ? QByteArray("application/json") : QByteArray("text/plain; charset=utf-8"));
}

PUNCTUAL_TEST(MessageJsonTest)

#include "message_json_test.moc"
