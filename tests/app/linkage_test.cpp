// SPDX-License-Identifier: GPL-3.0-or-later
// A server has no graphics: the programs without a window need no Qt Gui.
#include "programs.h"
#include "support/test_main.h"

#include <QFile>

using namespace punctual::test;

class LinkageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needsNoGui_data();
    void needsNoGui();
};

void LinkageTest::needsNoGui_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("punctuald") << "punctuald";
    QTest::newRow("punctualctl") << "punctualctl";
}

void LinkageTest::needsNoGui()
{
    QFETCH(const QString, program);
    // The dynamic linker lists all that it would load, instead of starting the program (ld.so(8)).
    const auto ending =
        runToEnd(program, {}, {{QStringLiteral("LD_TRACE_LOADED_OBJECTS"), QStringLiteral("1")}});
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.output.contains("libQt6Core"));
    QVERIFY2(!ending.output.contains("libQt6Gui"), ending.output.constData());
    QVERIFY2(!ending.output.contains("libQt6Widgets"), ending.output.constData());
}

PUNCTUAL_TEST(LinkageTest)
#include "linkage_test.moc"
