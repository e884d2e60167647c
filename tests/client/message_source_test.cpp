// SPDX-License-Identifier: GPL-3.0-or-later
// Messages out of files: CSV and NDJSON, line by line.
#include "client/message_source.h"
#include "support/test_main.h"

#include <QBuffer>

using namespace punctual;
using namespace punctual::client;

class MessageSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRecords_data();
    void readsRecords();
    void countsLines();
    void readsObjects();
    void readsColumns();
    void saysWhatIsWrongWithALine_data();
    void saysWhatIsWrongWithALine();
};

namespace
{

/// All lines of a text.
std::vector<MessageLine> linesOf(QByteArray text, MessageFormat format, const QString& destination = {})
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    MessageSource source(buffer, format, destination);
    std::vector<MessageLine> lines;
    while (auto line = source.next())
        lines.push_back(std::move(*line));
    return lines;
}

} // namespace

void MessageSourceTest::readsRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<bool>("isBroken");
    const auto row = [](const char* sentence, const QByteArray& text, const QStringList& fields,
                        bool isBroken) { QTest::newRow(sentence) << text << fields << isBroken; };
    const QString a = QStringLiteral("a");
    row("fields", "a,b", {a, QStringLiteral("b")}, false);
    row("a line end of Windows", "a,b\r\n", {a, QStringLiteral("b")}, false);
    row("an empty field at the end", "a,\n", {a, QString()}, false);
    row("a comma in quotes", "a,\"b,c\"\n", {a, QStringLiteral("b,c")}, false);
    row("quotes in quotes", "\"say \"\"a\"\"\",a\n", {QStringLiteral("say \"a\""), a}, false);
    row("a line end in quotes", "\"b\nc\",a\n", {QStringLiteral("b\nc"), a}, false);
    row("an empty text in quotes", "\"\",a\n", {QString(), a}, false);
    row("letters beyond ASCII", "gr\xc3\xbc\xc3\x9f,a\n", {QStringLiteral("gr\u00fc\u00df"), a}, false);
    row("a quote in the middle", "b\"c\",a\n", {}, true);
    row("something behind a quote", "\"b\"c,a\n", {}, true);
    row("a quote that is not closed", "\"b,a\n", {}, true);
    row("bytes that are no text", "\xff,a\n", {}, true);
}

void MessageSourceTest::readsRecords()
{
    QFETCH(QByteArray, text);
    QFETCH(const bool, isBroken);
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    const auto record = reader.next();
    QVERIFY(record);
    QCOMPARE(record->isBroken, isBroken);
    QCOMPARE(record->text, text);
    if (!isBroken)
        QTEST(record->fields, "fields");
    QVERIFY(!reader.next());
}

void MessageSourceTest::countsLines()
{
    QByteArray text = "\n\"a\nb\"\n\nc\n";
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    QCOMPARE(reader.next()->line, qint64(2));
    QCOMPARE(reader.next()->line, qint64(5));
}

void MessageSourceTest::readsObjects()
{
    const auto lines =
        linesOf("{\"destination\":\"orders\",\"delay_ms\":5,\"payload\":{\"b\":1, \"a\":2.50}}\n\n"
                " {\"delay_ms\":5,\"body\":\"x\"}",
                MessageFormat::Ndjson, QStringLiteral("others"));
    QCOMPARE(lines.size(), std::size_t(2));
    for (const auto& line : lines)
        QVERIFY2(line.errors.empty(), qPrintable(line.errors.empty() ? QString() : line.errors[0].detail));
    QCOMPARE(lines[0].message.destination, QStringLiteral("orders"));
    QCOMPARE(lines[0].message.content.body, "{\"b\":1,\"a\":2.50}");
    QCOMPARE(lines[1].number, qint64(3));
    QCOMPARE(lines[1].message.destination, QStringLiteral("others"));
}

void MessageSourceTest::readsColumns()
{
    const auto lines = linesOf("destination,delay_ms,body,tags,priority,key,max_attempts,headers.X-Campaign\n"
                               "orders,5000,\"{\"\"order\"\":7}\",a;b,high,k,3,xmas\n"
                               ",0,plain,,,,,\n",
                               MessageFormat::Csv, QStringLiteral("others"));
    QCOMPARE(lines.size(), std::size_t(2));
    const auto& full = lines[0];
    QVERIFY2(full.errors.empty(), qPrintable(full.errors.empty() ? QString() : full.errors[0].pointer));
    QCOMPARE(full.message.destination, QStringLiteral("orders"));
    QVERIFY(std::get<Duration>(full.message.due) == std::chrono::seconds(5));
    QCOMPARE(full.message.content.body, "{\"order\":7}");
    QCOMPARE(full.message.content.type, "application/json");
    QCOMPARE(full.message.tags, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(full.message.priority == Priority::High);
    QCOMPARE(full.message.key, QStringLiteral("k"));
    QVERIFY(full.message.maxAttempts == 3);
    QVERIFY((full.message.content.headers == std::vector<Header>{{"X-Campaign", "xmas"}}));
    QVERIFY(lines[1].errors.empty());
    QCOMPARE(lines[1].message.destination, QStringLiteral("others"));
    QVERIFY(lines[1].message.content.type.startsWith("text/plain"));
}

void MessageSourceTest::saysWhatIsWrongWithALine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isCsv");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no JSON") << QByteArray("{\"a\"") << false << "";
    QTest::newRow("an array") << QByteArray("[]") << false << "";
    QTest::newRow("an unknown field")
        << QByteArray(R"({"destination":"a","delay_ms":1,"body":"","colour":1})") << false << "/colour";
    QTest::newRow("a wrong delay") << QByteArray("destination,delay_ms,body\na,soon,x\n") << true
                                   << "/delay_ms";
    QTest::newRow("a column too many") << QByteArray("destination,delay_ms,body\na,1,x,y\n") << true << "";
    QTest::newRow("an unknown column")
        << QByteArray("destination,delay_ms,body,colour\na,1,x,red\n") << true << "/colour";
}

void MessageSourceTest::saysWhatIsWrongWithALine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isCsv);
    const auto lines = linesOf(text, isCsv ? MessageFormat::Csv : MessageFormat::Ndjson);
    QCOMPARE(lines.size(), std::size_t(1));
    QCOMPARE(lines[0].errors.size(), std::size_t(1));
    QTEST(lines[0].errors[0].pointer, "pointer");
}

PUNCTUAL_TEST(MessageSourceTest)
#include "message_source_test.moc"
