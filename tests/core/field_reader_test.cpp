// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of JSON objects: read with their type, or noted as wrong.
#include "core/field_reader.h"
#include "support/json.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace punctual;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class FieldReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryType();
    void givesNothingForAbsentAndNull();
    void notesWrongValues_data();
    void notesWrongValues();
    void keepsItsLimits_data();
    void keepsItsLimits();
    void notesEveryWrongHeader();
    void refusesFieldsNobodyAskedFor();
    void escapesPointers();
    void checksNames_data();
    void checksNames();

private:
    /// Asks for the field `f` as the given kind.
    static void readAs(const QByteArray& kind, FieldReader& fields);
};

void FieldReaderTest::readAs(const QByteArray& kind, FieldReader& fields)
{
    const auto name = "f"_L1;
    if (kind == "text")
        (void)fields.text(name);
    else if (kind == "integer")
        (void)fields.integer(name, -5, 5);
    else if (kind == "number")
        (void)fields.number(name, -5, 5);
    else if (kind == "boolean")
        (void)fields.boolean(name);
    else if (kind == "milliseconds")
        (void)fields.milliseconds(name, 1ms, 5ms);
    else if (kind == "instant")
        (void)fields.instant(name);
    else if (kind == "texts")
        (void)fields.texts(name);
    else if (kind == "object")
        (void)fields.object(name);
    else if (kind == "header value")
        (void)fields.headerValue(name);
    else if (kind == "headers")
        (void)fields.headers(name);
    else
        (void)fields.word(name, &parsePriority, "high, normal, low"_L1);
}

void FieldReaderTest::readsEveryType()
{
    const auto object = objectOf(R"({"text":"a","integer":-3,"number":0.5,"boolean":false,"ms":1500,
        "instant":"2026-12-01T17:00:00+08:00","texts":["a","b"],"object":{"x":1},"value":"text/plain",
        "headers":{"X-A":"1"},"word":"low"})");
    std::vector<FieldError> errors;
    FieldReader fields(object, {}, errors);
    QCOMPARE(fields.text("text"_L1), u"a"_s);
    QCOMPARE(fields.integer("integer"_L1, -3, 0), -3);
    QCOMPARE(fields.number("number"_L1, 0, 1), 0.5);
    QCOMPARE(fields.boolean("boolean"_L1), false);
    QCOMPARE(fields.milliseconds("ms"_L1, 0ms, 2s), 1500ms);
    QCOMPARE(fields.instant("instant"_L1), parseRfc3339(u"2026-12-01T09:00:00Z"_s).value());
    QCOMPARE(fields.texts("texts"_L1), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(fields.object("object"_L1), objectOf(R"({"x":1})"));
    QCOMPARE(fields.headerValue("value"_L1), QByteArray("text/plain"));
    QCOMPARE(fields.headers("headers"_L1), (std::vector<Header>{{"X-A", "1"}}));
    QCOMPARE(fields.word("word"_L1, &parsePriority, ""_L1), Priority::Low);
    fields.refuseUnknownFields();
    QVERIFY(errors.empty());
}

void FieldReaderTest::givesNothingForAbsentAndNull()
{
    const auto object = objectOf(R"({"null":null,"there":0})");
    std::vector<FieldError> errors;
    FieldReader fields(object, {}, errors);
    for (const auto name : {"null"_L1, "absent"_L1}) {
        QVERIFY(!fields.has(name));
        QVERIFY(!fields.text(name));
        QVERIFY(!fields.integer(name, 0, 1));
        QVERIFY(!fields.boolean(name));
        QVERIFY(!fields.instant(name));
        QVERIFY(!fields.texts(name));
        QVERIFY(!fields.object(name));
        QVERIFY(!fields.headers(name));
    }
    QVERIFY(fields.ask("there"_L1));
    fields.refuseUnknownFields();
    QVERIFY(errors.empty());

    int target = 7;
    FieldReader::assign(target, std::optional<int>());
    QCOMPARE(target, 7);
    FieldReader::assign(target, std::optional(8));
    QCOMPARE(target, 8);
}

void FieldReaderTest::notesWrongValues_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* sentence, const QByteArray& kind, const QByteArray& value) {
        QTest::newRow(sentence) << kind << value;
    };
    row("a number is no text", "text", "1");
    row("a NUL in a text", "text", R"("a\u0000b")");
    row("a text is no integer", "integer", R"("1")");
    row("a fraction is no integer", "integer", "1.5");
    row("an integer above the limit", "integer", "6");
    row("an integer below the limit", "integer", "-6");
    row("an enormous integer", "integer", "1e300");
    row("true is no integer", "integer", "true");
    row("a text is no number", "number", R"("1")");
    row("a number above the limit", "number", "5.01");
    row("a text is no boolean", "boolean", R"("true")");
    row("a number is no boolean", "boolean", "1");
    row("milliseconds below the limit", "milliseconds", "0");
    row("half a millisecond", "milliseconds", "1.5");
    row("a time without an offset", "instant", R"("2026-12-01T09:00:00")");
    row("a number is no time", "instant", "1");
    row("a text is no list", "texts", R"("a")");
    row("a list with a number", "texts", R"(["a",1])");
    row("a list with null", "texts", R"(["a",null])");
    row("a list with a NUL", "texts", R"(["a\u0000"])");
    row("a list is no object", "object", "[]");
    row("a line end in a header value", "header value", R"("a\nb")");
    row("headers in a list", "headers", "[]");
    row("an unknown word", "word", R"("urgent")");
    row("a word in another case", "word", R"("High")");
    row("a number is no word", "word", "1");
}

void FieldReaderTest::notesWrongValues()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, value);
    const auto object = objectOf(R"({"f":)" + value + "}");
    QVERIFY(object.contains(u"f"_s));
    std::vector<FieldError> errors;
    FieldReader fields(object, u"/messages/3"_s, errors);
    readAs(kind, fields);
    fields.refuseUnknownFields();
    QCOMPARE(pointersOf(errors), QStringList{u"/messages/3/f"_s});
    QVERIFY(!errors.front().detail.isEmpty());
}

void FieldReaderTest::keepsItsLimits_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("the least") << QByteArray("-5");
    QTest::newRow("the most") << QByteArray("5");
    QTest::newRow("a whole number written with a point") << QByteArray("2.0");
    QTest::newRow("a whole number written with an exponent") << QByteArray("5e0");
}

void FieldReaderTest::keepsItsLimits()
{
    QFETCH(QByteArray, value);
    const auto object = objectOf(R"({"f":)" + value + "}");
    std::vector<FieldError> errors;
    FieldReader fields(object, {}, errors);
    QVERIFY(fields.integer("f"_L1, -5, 5).has_value());
    QVERIFY(fields.number("f"_L1, -5, 5).has_value());
    QVERIFY(errors.empty());
}

void FieldReaderTest::notesEveryWrongHeader()
{
    const auto object =
        objectOf(R"({"headers":{"A b":"1","Host":"x","X-N":1,"X-Null":null,"X/Y~Z":"1","X-Ok":"1"}})");
    std::vector<FieldError> errors;
    FieldReader fields(object, {}, errors);
    (void)fields.headers("headers"_L1);
    QCOMPARE(pointersOf(errors), (QStringList{u"/headers/A b"_s, u"/headers/Host"_s, u"/headers/X-N"_s,
                                              u"/headers/X-Null"_s, u"/headers/X~1Y~0Z"_s}));
}

void FieldReaderTest::refusesFieldsNobodyAskedFor()
{
    const auto object = objectOf(R"({"known":1,"unknown":1,"another":null})");
    std::vector<FieldError> errors;
    FieldReader fields(object, u"/x"_s, errors);
    (void)fields.integer("known"_L1, 0, 1);
    fields.refuseUnknownFields();
    QCOMPARE(pointersOf(errors), (QStringList{u"/x/another"_s, u"/x/unknown"_s}));
}

void FieldReaderTest::escapesPointers()
{
    const QJsonObject object;
    std::vector<FieldError> errors;
    const FieldReader fields(object, u"/a"_s, errors);
    QCOMPARE(fields.pointerTo(u"b/c~d"), u"/a/b~1c~0d"_s);
}

void FieldReaderTest::checksNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("fine");
    QTest::newRow("a word") << u"orders"_s << true;
    QTest::newRow("one letter") << u"a"_s << true;
    QTest::newRow("dots, dashes and underscores") << u"Orders-2.eu_west"_s << true;
    QTest::newRow("63 letters") << QString(63, u'a') << true;
    QTest::newRow("64 letters") << QString(64, u'a') << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("a dot in front") << u".orders"_s << false;
    QTest::newRow("a dash in front") << u"-orders"_s << false;
    QTest::newRow("a slash") << u"a/b"_s << false;
    QTest::newRow("a space") << u"a b"_s << false;
    QTest::newRow("a line end") << u"orders\n"_s << false;
    QTest::newRow("letters beyond ASCII") << u"bücher"_s << false;
}

void FieldReaderTest::checksNames()
{
    QFETCH(QString, name);
    QTEST(!problemOfName(name).has_value(), "fine");
}

PUNCTUAL_TEST(FieldReaderTest)

#include "field_reader_test.moc"
