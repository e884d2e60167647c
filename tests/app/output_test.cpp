// SPDX-License-Identifier: GPL-3.0-or-later
// Tables for people.
#include "app/ctl/output.h"
#include "support/test_main.h"

class OutputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alignsColumns();
    void keepsTheTerminalSafe();
};

void OutputTest::alignsColumns()
{
    QCOMPARE(punctual::ctl::aligned({{QStringLiteral("NAME"), QStringLiteral("URL")},
                                     {QStringLiteral("a"), QStringLiteral("http://a")},
                                     {QStringLiteral("longer"), QString()}}),
             QStringLiteral("NAME    URL\n"
                            "a       http://a\n"
                            "longer"));
}

void OutputTest::keepsTheTerminalSafe()
{
    QCOMPARE(punctual::ctl::printable(QStringLiteral("a\x1b[2J\u009b\tb\n")),
             QStringLiteral("a\uFFFD[2J\uFFFD\tb\n"));
}

PUNCTUAL_TEST(OutputTest)
#include "output_test.moc"
