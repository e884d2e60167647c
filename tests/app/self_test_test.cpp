// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl selftest as a process: what it reports, and that nothing of it stays.
#include "programs.h"
#include "support/test_main.h"

using namespace punctual::test;

class SelfTestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsToPrograms();
    void reportsToPeople();
    void dropsItsDatabaseAfterASignal();
    void refusesNumbersThatMakeNoSense_data();
    void refusesNumbersThatMakeNoSense();

private:
    int databases()
    {
        return m_programs.database()
            .value(
                QStringLiteral("SELECT count(*) FROM pg_database WHERE datname LIKE 'punctual!_selftest!_%' "
                               "ESCAPE '!'"))
            .toInt();
    }

    const QStringList m_short{QStringLiteral("selftest"), QStringLiteral("--messages"),
                              QStringLiteral("1500"),     QStringLiteral("--rate"),
                              QStringLiteral("100"),      QStringLiteral("--seconds"),
                              QStringLiteral("1")};
    Programs m_programs;
};

void SelfTestTest::reportsToPrograms()
{
    const auto ending = m_programs.ctl(m_short + QStringList{QStringLiteral("--json")});
    QVERIFY2(ending.exitCode == 0, (ending.output + ending.errors).constData());
    const auto report = ending.json();
    QCOMPARE(report.value(u"messages").toInt(), 1500);
    QCOMPARE(report.value(u"rate").toInt(), 100);
    QCOMPARE(report.value(u"seconds").toInt(), 1);
    QVERIFY(report.value(u"passed").toBool());
    for (const auto* fault : {"early", "lost", "repeated", "unrecorded"})
        QCOMPARE(report.value(QLatin1StringView(fault)).toInt(-1), 0);
    QVERIFY(report.value(u"schedules_per_second").toInt() > 0);
    QVERIFY(report.value(u"deliveries_per_second").toInt() > 0);
    const auto received = report.value(u"received_lateness_us").toObject();
    QVERIFY(received.value(u"min").toInt(-1) >= 0);
    QVERIFY(received.value(u"p50").toInt() <= received.value(u"p99").toInt());
    QVERIFY(received.value(u"p99").toInt() <= received.value(u"max").toInt());
    const auto engine = report.value(u"engine_lateness_us").toObject();
    QVERIFY(engine.value(u"mean").toInt(-1) >= 0);
    const auto parts = report.value(u"engine_lateness_parts_us").toObject();
    QCOMPARE(parts.keys().join(u' '), QStringLiteral("bucket claim connection order prefetch quota slot"));
    QCOMPARE(databases(), 0);
}

void SelfTestTest::reportsToPeople()
{
    const auto ending = m_programs.ctl(m_short);
    QCOMPARE(ending.exitCode, 0);
    QVERIFY2(ending.output.contains("at the receiver"), ending.output.constData());
    QVERIFY(ending.output.contains("Nothing was early, lost or sent twice."));
}

void SelfTestTest::dropsItsDatabaseAfterASignal()
{
    auto test =
        m_programs.startCtl({QStringLiteral("selftest"), QStringLiteral("--messages"), QStringLiteral("100"),
                             QStringLiteral("--seconds"), QStringLiteral("600")});
    QTRY_COMPARE_WITH_TIMEOUT(databases(), 1, longestTry);
    QCOMPARE(test->terminate(), 1);
    QVERIFY2(test->errors().contains("Interrupted"), test->errors().constData());
    QCOMPARE(databases(), 0);
}

void SelfTestTest::refusesNumbersThatMakeNoSense_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("no messages") << "--messages";
    QTest::newRow("no rate") << "--rate";
    QTest::newRow("no time") << "--seconds";
}

void SelfTestTest::refusesNumbersThatMakeNoSense()
{
    QFETCH(const QString, option);
    const auto ending = m_programs.ctl({QStringLiteral("selftest"), option, QStringLiteral("0")});
    QCOMPARE(ending.exitCode, 2);
    QVERIFY(ending.errors.contains(option.toUtf8()));
}

PUNCTUAL_TEST(SelfTestTest)
#include "self_test_test.moc"
