// SPDX-License-Identifier: GPL-3.0-or-later
// Programs run as processes, and answers that come later become values.
#include "support/await.h"
#include "support/process.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

class ProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLinesAndExitCodes();
    void keepsTheMachinesSettingsAway();
    void writesToStandardInput();
    void terminatesAndKills();
    void saysThatAProgramIsMissing();
    void awaitsAnswersFromEverywhere();
};

void ProcessTest::readsLinesAndExitCodes()
{
    Process process(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), QStringLiteral("echo one; echo two >&2; exit 3")});
    QVERIFY(process.start());
    QVERIFY(process.waitForLine(QStringLiteral("two")));
    QCOMPARE(process.waitForEnd(), 3);
    QVERIFY(process.waitForLine(QStringLiteral("one")));
    QVERIFY(!process.waitForLine(QStringLiteral("three")));
    QCOMPARE(process.output(), QByteArray("one\n"));
    QCOMPARE(process.errors(), QByteArray("two\n"));
}

void ProcessTest::keepsTheMachinesSettingsAway()
{
    qputenv("PUNCTUAL_DATA_DIR", "/somewhere");
    qputenv("PGHOST", "elsewhere");
    Process process(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), QStringLiteral("echo \"$PUNCTUAL_DATA_DIR,$PGHOST,$GIVEN\"")},
                    {{QStringLiteral("GIVEN"), QStringLiteral("here")}});
    QVERIFY(process.start());
    QCOMPARE(process.waitForEnd(), 0);
    QCOMPARE(process.output(), QByteArray(",,here\n"));
    qunsetenv("PUNCTUAL_DATA_DIR");
    qunsetenv("PGHOST");
}

void ProcessTest::writesToStandardInput()
{
    Process process(QStringLiteral("/bin/cat"));
    QVERIFY(process.start());
    process.write("text");
    QCOMPARE(process.waitForEnd(), 0);
    QCOMPARE(process.output(), QByteArray("text"));
}

void ProcessTest::terminatesAndKills()
{
    Process trapping(QStringLiteral("/bin/sh"),
                     {QStringLiteral("-c"), QStringLiteral("trap 'exit 7' TERM; echo ready; read line")});
    QVERIFY(trapping.start());
    QVERIFY(trapping.waitForLine(QStringLiteral("ready")));
    QCOMPARE(trapping.terminate(), 7);

    Process killed(QStringLiteral("/bin/cat"));
    QVERIFY(killed.start());
    QVERIFY(killed.isRunning());
    killed.kill();
    QVERIFY(!killed.isRunning());
    QCOMPARE(killed.waitForEnd(), std::nullopt);
}

void ProcessTest::saysThatAProgramIsMissing()
{
    Process process(QStringLiteral("no-such-program"));
    QVERIFY(!process.start());
}

void ProcessTest::awaitsAnswersFromEverywhere()
{
    const auto atOnce = await<int>([](QObject*, const auto& answer) { answer(1); });
    QCOMPARE(atOnce.value(), 1);

    const auto later = await<QString>([](QObject* context, auto answer) {
        QMetaObject::invokeMethod(
            context, [answer] { answer(QStringLiteral("two")); }, Qt::QueuedConnection);
    });
    QCOMPARE(later.value(), QStringLiteral("two"));

    const auto nothing = await<void>([](QObject*, const auto& answer) { answer({}); });
    QVERIFY(nothing.has_value());
}

PUNCTUAL_TEST(ProcessTest)

#include "process_test.moc"
