// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"
#include "ui/common/json_check.h"
#include "ui/common/json_form.h"

namespace punctual::ui
{

class JsonFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsJson_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("an object") << QStringLiteral("{\"order\":7}");
        QTest::newRow("an array over lines") << QStringLiteral("[1,\n 2]");
        QTest::newRow("a string") << QStringLiteral("\"a, b\"");
        QTest::newRow("a number") << QStringLiteral(" 7 ");
        QTest::newRow("null") << QStringLiteral("null");
    }

    void acceptsJson()
    {
        QFETCH(const QString, text);
        QVERIFY(!problemOfJson(text));
    }

    void placesTheProblem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char* name, const char* text, int line, int column) {
            QTest::newRow(name) << QString::fromUtf8(text) << line << column;
        };
        row("nothing", "", 1, 1);
        row("a member without a value", "{\n  \"a\": ,\n}", 2, 8);
        row("a member without a comma before it", "{\"a\":1\n \"b\":2}", 2, 2);
        row("a name without quotation marks", "{a: 1}", 1, 2);
        row("a comma too many", "[1,]", 1, 4);
        row("two values", "  {\"a\":1,\"b\":2}, 3", 1, 16);
        row("an open string", "[\"abc\n]", 1, 6);
        row("an escape that does not exist", "\"a\\x\"", 1, 3);
        row("a number that ends in a point", "1.", 1, 1);
        row("a number with a leading zero", "[01]", 1, 2);
        row("a word that is not one", "nul", 1, 1);
        row("behind characters of several bytes", "{\"größe\": x}", 1, 11);
    }

    void placesTheProblem()
    {
        QFETCH(const QString, text);
        const auto problem = problemOfJson(text);
        QVERIFY(problem);
        QTEST(problem->line, "line");
        QTEST(problem->column, "column");
        QVERIFY(!problem->reason.isEmpty());
    }

    void laysOutWithoutChangingAnything_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("members keep their order and digits")
            << QByteArray("{\"b\":1.10,\"a\":12345678901234567890}")
            << QByteArray("{\n  \"b\": 1.10,\n  \"a\": 12345678901234567890\n}");
        QTest::newRow("empty containers stay together")
            << QByteArray("[{ },[ ]]") << QByteArray("[\n  {},\n  []\n]");
        QTest::newRow("strings stay as they are")
            << QByteArray("[\"a, \\\" {b}: c\"]") << QByteArray("[\n  \"a, \\\" {b}: c\"\n]");
    }

    void laysOutWithoutChangingAnything()
    {
        QFETCH(const QByteArray, json);
        QTEST(indented(json), "expected");
    }
};

} // namespace punctual::ui

using punctual::ui::JsonFormTest;
PUNCTUAL_TEST(JsonFormTest)

#include "json_form_test.moc"
