// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces cut out of JSON text: always what QJsonDocument sees there, and never another byte.
#include "core/json_text.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace punctual;

namespace
{

QByteArrayList copied(const std::vector<QByteArrayView>& views)
{
    QByteArrayList list;
    for (const auto& view : views)
        list.append(view.toByteArray());
    return list;
}

QJsonValue parsed(QByteArrayView text)
{
    return QJsonDocument::fromJson('[' + text.toByteArray() + ']').array().at(0);
}

/// Random JSON text with white space wherever it may be.
class Writer
{
public:
    explicit Writer(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray value(int depth)
    {
        switch (m_random.bounded(depth > 0 ? 8 : 6)) {
        case 0:
            return "null";
        case 1:
            return "true";
        case 2:
            return pick({"0", "-1", "1.10", "1e5", "-0.000", "9007199254740993"});
        case 6:
            return list('[', ']', [&] { return value(depth - 1); });
        case 7:
            return object(depth);
        default:
            return string();
        }
    }

    QByteArray object(int depth)
    {
        int number = 0;
        return list('{', '}', [&] { // the number keeps the names apart
            const QByteArray name = string().chopped(1) + QByteArray::number(++number) + '"';
            return name + space() + ':' + space() + value(depth - 1);
        });
    }

    QByteArray array(int depth)
    {
        return list('[', ']', [&] { return value(depth); });
    }

private:
    QByteArray pick(const QByteArrayList& choices)
    {
        return choices.at(m_random.bounded(int(choices.size())));
    }
    QByteArray space() { return pick({"", "", " ", "\n\t", " \r\n "}); }
    QByteArray string()
    {
        QByteArray text;
        for (int i = m_random.bounded(4); i > 0; --i)
            text += pick({"a", " ", "\\\"", "\\\\", "\\u00e9", "ü", "\\ud83d\\ude00", "😀", "{", "]", ",", ":",
                          "\\n", "/"});
        return '"' + text + '"';
    }

    template <class Item>
    QByteArray list(char open, char close, Item item)
    {
        QByteArray text = open + space();
        for (int i = m_random.bounded(5), first = i; i > 0; --i)
            text += (i == first ? QByteArray() : "," + space()) + item() + space();
        return text + close;
    }

    QRandomGenerator m_random;
};

} // namespace

class JsonTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsMembers_data();
    void findsMembers();
    void doesNotFindMembersThatAreNotThere_data();
    void doesNotFindMembersThatAreNotThere();
    void cutsItems_data();
    void cutsItems();
    void compacts_data();
    void compacts();
    void agreesWithQt();
};

void JsonTextTest::findsMembers_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* sentence, const QByteArray& object, const QByteArray& text) {
        QTest::newRow(sentence) << object << text;
    };
    row("a number keeps its digits", R"({"p":1.10})", "1.10");
    row("a number beyond doubles keeps its digits", R"({"p":12345678901234567890.0001})",
        "12345678901234567890.0001");
    row("a string keeps its escapes", R"({"p":"\u00e9\n\"x"})", R"("\u00e9\n\"x")");
    row("a string that ends in a backslash", R"({"p":"\\","q":1})", R"("\\")");
    row("brackets in strings are text", R"({"p":{"a":"}]"},"q":1})", R"({"a":"}]"})");
    row("an object keeps the order of its members", R"({"p":{"z":1,"a":2}})", R"({"z":1,"a":2})");
    row("white space inside stays", R"({ "p" : [ 1, 2 ] })", "[ 1, 2 ]");
    row("white space around goes", "{\r\n\t\"p\"\n:\tnull\n}", "null");
    row("true", R"({"a":false,"p":true})", "true");
    row("an empty object", R"({"p":{}})", "{}");
    row("an empty array", R"({"p":[]})", "[]");
    row("an empty string", R"({"p":""})", R"("")");
    row("a member of the same name deeper down is another", R"({"a":{"p":1},"p":2,"b":[{"p":3}]})", "2");
    row("a value of the same text is no name", R"({"a":"p","p":2})", "2");
    row("the last of several counts", R"({"p":1,"p":2})", "2");
    row("a name with escapes", R"({"\u0070":7})", "7");
    row("unicode", R"({"ü😀":1,"p":"ü😀"})", R"("ü😀")");
    row("deep nesting", R"({"p":)" + QByteArray(500, '[') + QByteArray(500, ']') + "}",
        QByteArray(500, '[') + QByteArray(500, ']'));
}

void JsonTextTest::findsMembers()
{
    QFETCH(QByteArray, object);
    const auto document = QJsonDocument::fromJson(object);
    QVERIFY(document.isObject());
    const auto found = json_text::member(object, "p");
    QVERIFY(found.has_value());
    QTEST(found->toByteArray(), "text");
    QCOMPARE(parsed(*found), document.object().value(QLatin1StringView("p")));
}

void JsonTextTest::doesNotFindMembersThatAreNotThere_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("an empty object with white space") << QByteArray(" { } ");
    QTest::newRow("another name") << QByteArray(R"({"q":1})");
    QTest::newRow("a longer name") << QByteArray(R"({"pp":1})");
    QTest::newRow("another case") << QByteArray(R"({"P":1})");
    QTest::newRow("only deeper down") << QByteArray(R"({"a":{"p":1}})");
    QTest::newRow("only as a value") << QByteArray(R"({"a":"p"})");
}

void JsonTextTest::doesNotFindMembersThatAreNotThere()
{
    QFETCH(QByteArray, object);
    QVERIFY(!json_text::member(object, "p").has_value());
}

void JsonTextTest::cutsItems_data()
{
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<QByteArrayList>("items");
    QTest::newRow("none") << QByteArray("[]") << QByteArrayList{};
    QTest::newRow("none with white space") << QByteArray(" [ ] ") << QByteArrayList{};
    QTest::newRow("one") << QByteArray("[1.0]") << QByteArrayList{"1.0"};
    QTest::newRow("all kinds") << QByteArray(R"([ {"a":[1,2]} , [3], "x,]", null,true ,1e5])")
                               << QByteArrayList{R"({"a":[1,2]})", "[3]", R"("x,]")", "null", "true", "1e5"};
}

void JsonTextTest::cutsItems()
{
    QFETCH(QByteArray, array);
    QTEST(copied(json_text::items(array)), "items");
}

void JsonTextTest::compacts_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("compact");
    QTest::newRow("white space between tokens goes")
        << QByteArray("{\r\n \"a\" :\t[ 1 , 2 ] }") << QByteArray(R"({"a":[1,2]})");
    QTest::newRow("white space in strings stays")
        << QByteArray(R"([ " a  b " ])") << QByteArray(R"([" a  b "])");
    QTest::newRow("an escaped quote does not end a string")
        << QByteArray(R"(["\" , \"" , 1])") << QByteArray(R"(["\" , \"",1])");
    QTest::newRow("an escaped backslash does not hide the end")
        << QByteArray(R"(["\\" , 1])") << QByteArray(R"(["\\",1])");
    QTest::newRow("a scalar") << QByteArray(" 1.10 ") << QByteArray("1.10");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void JsonTextTest::compacts()
{
    QFETCH(QByteArray, json);
    QTEST(json_text::compact(json), "compact");
}

void JsonTextTest::agreesWithQt()
{
    Writer writer(20261201);
    for (int round = 0; round < 500; ++round) {
        const QByteArray text = round % 2 == 0 ? writer.object(4) : writer.array(4);
        const auto document = QJsonDocument::fromJson(text);
        QVERIFY2(!document.isNull(), text.constData());
        const auto object = document.object();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const auto cut = json_text::member(text, member.key().toUtf8());
            QVERIFY2(cut.has_value(), text.constData());
            QCOMPARE(parsed(*cut), member.value());
        }
        if (document.isArray()) {
            const auto items = json_text::items(text);
            QCOMPARE(items.size(), document.array().size());
            for (qsizetype i = 0; i < document.array().size(); ++i)
                QCOMPARE(parsed(items[i]), document.array().at(i));
        }
        const QByteArray compact = json_text::compact(text);
        QCOMPARE(QJsonDocument::fromJson(compact), document);
        QCOMPARE(json_text::compact(compact), compact);
    }
}

PUNCTUAL_TEST(JsonTextTest)

#include "json_text_test.moc"
