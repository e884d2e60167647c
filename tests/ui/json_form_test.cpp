// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"
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
        QTest::newRow("nothing") << QString() << 1 << 1;
        QTest::newRow("a member without a value") << QStringLiteral("{\n  \"a\": ,\n}") << 2 << 8;
        QTest::newRow("two values") << QStringLiteral("  {\"a\":1,\"b\":2}, 3") << 1 << 16;
        QTest::newRow("behind characters of several bytes") << QStringLiteral("{\"größe\": x}") << 1 << 11;
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
