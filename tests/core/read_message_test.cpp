// SPDX-License-Identifier: GPL-3.0-or-later
// Messages to schedule, read from JSON.
#include "core/message_json.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace punctual;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

struct Read
{
    NewMessage message;
    QStringList pointers; // of what is wrong
};

Read readText(const QByteArray& text, const MessageLimits& limits = {})
{
    const auto document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        qFatal("not an object: %s", text.constData());
    std::vector<FieldError> errors;
    Read read{readNewMessage(document.object(), text, limits, {}, errors), {}};
    for (const auto& error : errors)
        read.pointers.append(error.pointer);
    return read;
}

/// A valid message whose other fields are `fields`.
QByteArray with(const QByteArray& fields)
{
    return R"({"destination":"orders","payload":1,)" + fields + "}";
}

} // namespace

class ReadMessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void hasDefaults();
    void takesBytesVerbatim_data();
    void takesBytesVerbatim();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
    void namesAllWrongFieldsAtOnce();
    void putsPointersUnderThoseOfTheBatch();
    void keepsTheInstallationsLimits();
};

void ReadMessageTest::readsEveryField()
{
    const auto [message, pointers] = readText(R"({"destination":"orders","due_at":"2026-12-01T09:00:00.250Z",
        "payload":{"order":7},"priority":"high","key":"customer-12","tags":["promo","eu"],
        "headers":{"X-Campaign":"xmas"},"expires_after_ms":600000,
        "retry":{"max_attempts":5,"backoff":"fixed"},
        "content_type":"application/vnd.orders+json"})");
    QCOMPARE(pointers, QStringList());
    QVERIFY(message.id.isNull());
    QCOMPARE(message.destination, u"orders"_s);
    QCOMPARE(std::get<Instant>(message.due), parseRfc3339(u"2026-12-01T09:00:00.250Z"_s).value());
    QCOMPARE(message.content.body, QByteArray(R"({"order":7})"));
    QCOMPARE(message.content.type, QByteArray("application/vnd.orders+json"));
    QCOMPARE(message.content.headers, (std::vector<Header>{{"X-Campaign", "xmas"}}));
    QCOMPARE(message.priority, Priority::High);
    QCOMPARE(message.key, u"customer-12"_s);
    QCOMPARE(message.tags, (QStringList{u"promo"_s, u"eu"_s}));
    QCOMPARE(message.expiresAfter, 10min);
    QCOMPARE(message.maxAttempts, 5);
}

void ReadMessageTest::hasDefaults()
{
    const auto [message, pointers] = readText(R"({"destination":"orders","body":""})");
    QCOMPARE(pointers, QStringList());
    QCOMPARE(std::get<Duration>(message.due), 0s);
    QCOMPARE(message.content.body, QByteArray());
    QCOMPARE(message.priority, Priority::Normal);
    QVERIFY(message.key.isEmpty() && message.tags.isEmpty() && message.content.headers.empty());
    QVERIFY(!message.expiresAfter && !message.maxAttempts);
    const auto delayed = readText(with(R"("delay_ms":5000)")).message;
    QCOMPARE(std::get<Duration>(delayed.due), 5s);
}

void ReadMessageTest::takesBytesVerbatim_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char* sentence, const QByteArray& field, const QByteArray& body,
                        const QByteArray& type) { QTest::newRow(sentence) << field << body << type; };
    const QByteArray json = "application/json";
    const QByteArray text = "text/plain; charset=utf-8";
    row("a payload keeps the order of its members", R"("payload":{"z":1,"a":2})", R"({"z":1,"a":2})", json);
    row("a payload keeps the digits of its numbers", R"("payload":[1.10,1e2,12345678901234567890])",
        "[1.10,1e2,12345678901234567890]", json);
    row("a payload keeps its escapes", R"("payload":"\u00e9\/")", R"("\u00e9\/")", json);
    row("a payload keeps its duplicates", R"("payload":{"a":1,"a":2})", R"({"a":1,"a":2})", json);
    row("a payload is sent compact", "\"payload\" : { \"a\" : [ 1 ,\n2 ] }", R"({"a":[1,2]})", json);
    row("a payload may be false", R"("payload":false)", "false", json);
    row("a payload may be 0", R"("payload":0)", "0", json);
    row("a payload named with escapes", R"("p\u0061yload":7)", "7", json);
    row("a body keeps its white space", R"("body":" a\n b ")", " a\n b ", text);
    row("a body is UTF-8", R"("body":"ü😀")", "ü😀", text);
    row("a body has the content type it is given", R"("body":"<a/>","content_type":"text/xml")", "<a/>",
        "text/xml");
    row("bytes", R"("body_base64":"AAH/")", QByteArray("\0\1\xFF", 3), "application/octet-stream");
    row("no bytes", R"("body_base64":"")", "", "application/octet-stream");
}

void ReadMessageTest::takesBytesVerbatim()
{
    QFETCH(QByteArray, field);
    const auto [message, pointers] = readText(R"({"destination":"orders",)" + field + "}");
    QCOMPARE(pointers, QStringList());
    QTEST(message.content.body, "body");
    QTEST(message.content.type, "type");
}

void ReadMessageTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* sentence, const QByteArray& text, const QString& pointer) {
        QTest::newRow(sentence) << text << pointer;
    };
    row("no destination", R"({"payload":1})", u"/destination"_s);
    row("a destination that is null", R"({"destination":null,"payload":1})", u"/destination"_s);
    row("a destination that is a number", R"({"destination":7,"payload":1})", u"/destination"_s);
    row("no content", R"({"destination":"orders"})", u"/payload"_s);
    row("a payload and a body", with(R"("body":"a")"), u"/payload"_s);
    row("a payload and bytes", with(R"("body_base64":"AA==")"), u"/payload"_s);
    row("a body and bytes", R"({"destination":"orders","body":"a","body_base64":"AA=="})", u"/payload"_s);
    row("a body that is no text", R"({"destination":"orders","body":{}})", u"/body"_s);
    row("bytes that are not base64", R"({"destination":"orders","body_base64":"%%%"})", u"/body_base64"_s);
    row("base64 that is cut off", R"({"destination":"orders","body_base64":"A"})", u"/body_base64"_s);
    row("bytes beyond ASCII", R"({"destination":"orders","body_base64":"€"})", u"/body_base64"_s);
    row("a due time without an offset", with(R"("due_at":"2026-12-01T09:00:00")"), u"/due_at"_s);
    row("a due time in words", with(R"("due_at":"tomorrow")"), u"/due_at"_s);
    row("a due time and a delay", with(R"("due_at":"2026-12-01T09:00:00Z","delay_ms":1)"), u"/delay_ms"_s);
    row("a negative delay", with(R"("delay_ms":-1)"), u"/delay_ms"_s);
    row("a delay of more than a year", with(R"("delay_ms":31622400001)"), u"/delay_ms"_s);
    row("a delay with a fraction", with(R"("delay_ms":0.5)"), u"/delay_ms"_s);
    row("an unknown priority", with(R"("priority":"urgent")"), u"/priority"_s);
    row("a key of 201 characters", with(R"("key":")" + QByteArray(201, 'k') + '"'), u"/key"_s);
    row("an empty tag", with(R"("tags":[""])"), u"/tags"_s);
    row("a tag of 101 characters", with(R"("tags":[")" + QByteArray(101, 't') + R"("])"), u"/tags"_s);
    row("a tag that is a number", with(R"("tags":[1])"), u"/tags"_s);
    row("a header that belongs to HTTP", with(R"("headers":{"Host":"x"})"), u"/headers/Host"_s);
    row("a header with a line end", with(R"("headers":{"X-A":"a\r\nb"})"), u"/headers/X-A"_s);
    row("a content type with a line end", with(R"("content_type":"a\nb")"), u"/content_type"_s);
    row("no time to expire", with(R"("expires_after_ms":0)"), u"/expires_after_ms"_s);
    row("no attempts", with(R"("max_attempts":0)"), u"/max_attempts"_s);
    row("1,001 attempts", with(R"("max_attempts":1001)"), u"/max_attempts"_s);
    row("a retry policy that is a word", with(R"("retry":"never")"), u"/retry"_s);
    row("a retry policy with a factor below 1", with(R"("retry":{"factor":0.5})"), u"/retry/factor"_s);
    row("attempts given twice", with(R"("max_attempts":3,"retry":{"max_attempts":3})"), u"/max_attempts"_s);
    row("a field nobody knows", with(R"("due":"2026-12-01T09:00:00Z")"), u"/due"_s);
}

void ReadMessageTest::namesEveryWrongField()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, pointer);
    QCOMPARE(readText(text).pointers, QStringList{pointer});
}

void ReadMessageTest::namesAllWrongFieldsAtOnce()
{
    auto pointers =
        readText(R"({"due_at":"x","payload":1,"body":"a","priority":"x","tags":"x","max_attempts":0,"y":1})")
            .pointers;
    std::sort(pointers.begin(), pointers.end());
    QCOMPARE(pointers, (QStringList{u"/destination"_s, u"/due_at"_s, u"/max_attempts"_s, u"/payload"_s,
                                    u"/priority"_s, u"/tags"_s, u"/y"_s}));
}

void ReadMessageTest::putsPointersUnderThoseOfTheBatch()
{
    const QByteArray text = with(R"("priority":"x")");
    std::vector<FieldError> errors;
    (void)readNewMessage(QJsonDocument::fromJson(text).object(), text, {}, u"/messages/3"_s, errors);
    QCOMPARE(errors.size(), 1U);
    QCOMPARE(errors.front().pointer, u"/messages/3/priority"_s);
}

void ReadMessageTest::keepsTheInstallationsLimits()
{
    const MessageLimits limits{.bodyBytes = 4, .ahead = 1s, .tags = 2};
    const auto pointers = [&](const QByteArray& fields) {
        return readText(R"({"destination":"orders",)" + fields + "}", limits).pointers;
    };
    QCOMPARE(pointers(R"("body":"1234")"), QStringList());
    QCOMPARE(pointers(R"("body":"12345")"), QStringList{u"/body"_s});
    QCOMPARE(pointers(R"("body":"€€")"), QStringList{u"/body"_s}); // bytes count, not characters
    QCOMPARE(pointers(R"("payload":[ 1 ])"), QStringList());       // as it is sent
    QCOMPARE(pointers(R"("payload":[1,2])"), QStringList{u"/payload"_s});
    QCOMPARE(pointers(R"("body_base64":"AAAAAAA=")"), QStringList{u"/body_base64"_s});
    QCOMPARE(pointers(R"("payload":1,"delay_ms":1000)"), QStringList());
    QCOMPARE(pointers(R"("payload":1,"delay_ms":1001)"), QStringList{u"/delay_ms"_s});
    QCOMPARE(pointers(R"("payload":1,"tags":["a","b"])"), QStringList());
    QCOMPARE(pointers(R"("payload":1,"tags":["a","b","c"])"), QStringList{u"/tags"_s});
}

PUNCTUAL_TEST(ReadMessageTest)

#include "read_message_test.moc"
