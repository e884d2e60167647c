// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl replay, dead-letters and operation, with a node that works them off and a third party that has
// been mended meanwhile.
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QJsonArray>

using namespace punctual::test;

class OperationCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void replaysMessages();
    void doesNothingTwiceForAKey();
    void replaysAGroupOfDeadLetters();
    void aCanaryStopsByItself();
    void startsOnlyWhatWasCounted();
    void cancelsAndUndoes();
    void showsListsAndAborts();
    void aDryRunChangesNothing();
    void refusesArguments_data();
    void refusesArguments();

private:
    /// So many messages that the third party refused for good.
    void makeDead(int count);
    void startServer();

    std::unique_ptr<Programs> m_programs;
    std::unique_ptr<Receiver> m_receiver;
    std::unique_ptr<Process> m_server;
};

void OperationCommandsTest::init()
{
    m_programs = std::make_unique<Programs>();
    m_receiver = std::make_unique<Receiver>();
    m_programs->addDestination(QStringLiteral("orders"), m_receiver->url());
}

void OperationCommandsTest::cleanup()
{
    if (m_server)
        QCOMPARE(m_server->terminate(), std::optional(0));
    m_server.reset();
}

void OperationCommandsTest::startServer()
{
    m_server = m_programs->startServer();
}

void OperationCommandsTest::makeDead(int count)
{
    if (!m_server)
        startServer();
    m_receiver->replyAlways({.status = 404});
    for (int i = 0; i < count; ++i)
        (void)m_programs->schedule(words("orders --in 0s --body 1"));
    QTRY_COMPARE_WITH_TIMEOUT(
        m_programs->database()
            .value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = 'dead'"))
            .toInt(),
        count, longestTry);
}

void OperationCommandsTest::replaysMessages()
{
    makeDead(1);
    m_receiver->replyAlways({.status = 200});
    const QString id =
        m_programs->database().value(QStringLiteral("SELECT id FROM punctual.messages")).toString();
    const auto ending = m_programs->ctl({QStringLiteral("replay"), id, QStringLiteral("--body"),
                                         QStringLiteral("{\"order\":8}"), QStringLiteral("--header"),
                                         QStringLiteral("X-Again: yes"), QStringLiteral("--json")});
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    const auto replay = ending.json().value(u"replay").toObject();
    QCOMPARE(replay.value(u"replay_of").toString(), id);
    const QString newId = replay.value(u"id").toString();
    QTRY_COMPARE_WITH_TIMEOUT(m_programs->state(newId), QStringLiteral("delivered"), longestTry);
    QCOMPARE(m_programs->state(id), QStringLiteral("dead"));
    const auto request = m_receiver->requests().back();
    QCOMPARE(request.body, QByteArrayLiteral("{\"order\":8}"));
    QCOMPARE(request.header("X-Again"), QByteArrayLiteral("yes"));
    QCOMPARE(request.header("Idempotency-Key"), newId.toLatin1());
    QVERIFY(m_programs->ctl({QStringLiteral("show"), newId}).output.contains(id.toLatin1()));
    QVERIFY(m_programs->ctl({QStringLiteral("show"), id}).output.contains(newId.toLatin1()));

    const QString waiting = m_programs->schedule(words("orders --in 1h --body 1"));
    QCOMPARE(m_programs->ctl({QStringLiteral("replay"), waiting}).exitCode, 4);
    QCOMPARE(m_programs->ctl({QStringLiteral("replay"), nobodysId}).exitCode, 3);
}

void OperationCommandsTest::doesNothingTwiceForAKey()
{
    makeDead(1);
    const auto count = [this](const char* table) {
        return m_programs->database()
            .value(QStringLiteral("SELECT count(*) FROM punctual.") + QString::fromLatin1(table))
            .toInt();
    };
    const QString id =
        m_programs->database().value(QStringLiteral("SELECT id FROM punctual.messages")).toString();
    const QStringList replay =
        QStringList{QStringLiteral("replay"), id} + words("--json --in 1h --idempotency-key monday");
    const auto first = m_programs->ctl(replay);
    QVERIFY2(first.exitCode == 0, first.errors.constData());
    const auto again = m_programs->ctl(replay);
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.json().value(u"replay").toObject().value(u"id"),
             first.json().value(u"replay").toObject().value(u"id"));
    QCOMPARE(count("messages"), 2);
    QCOMPARE(m_programs->ctl(replay + words("--destination orders")).exitCode, 4);

    const auto start = words("operation start cancel --destination orders --json --idempotency-key monday");
    const auto started = m_programs->ctl(start);
    QVERIFY2(started.exitCode == 0, started.errors.constData());
    const auto repeated = m_programs->ctl(start);
    QCOMPARE(repeated.exitCode, 0);
    QCOMPARE(repeated.json().value(u"id"), started.json().value(u"id"));
    QCOMPARE(count("operations"), 1);
    QCOMPARE(m_programs->ctl(start + words("--limit 7")).exitCode, 4);
}

void OperationCommandsTest::replaysAGroupOfDeadLetters()
{
    makeDead(13);
    auto ending = m_programs->ctl(words("dead-letters --json"));
    const auto groups = ending.json().value(u"items").toArray();
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups[0].toObject().value(u"count").toInt(), 13);
    QCOMPARE(groups[0].toObject().value(u"status").toInt(), 404);
    const QString fingerprint = groups[0].toObject().value(u"fingerprint").toString();
    QVERIFY(m_programs->ctl(words("dead-letters")).output.contains(fingerprint.toLatin1()));
    m_receiver->replyAlways({.status = 200});
    ending =
        m_programs->ctl(words("operation start replay --canary --wait --json --reason mended --fingerprint") +
                        QStringList(fingerprint));
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    QCOMPARE(ending.json().value(u"state").toString(), QStringLiteral("done"));
    QCOMPARE(ending.json().value(u"verdicts").toObject().value(u"replayed").toInt(), 13);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_programs->database()
            .value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = 'delivered'"))
            .toInt(),
        13, longestTry);
    QCOMPARE(m_receiver->count(), std::size_t(26));
}

void OperationCommandsTest::aCanaryStopsByItself()
{
    makeDead(13);
    const auto ending = m_programs->ctl(words("operation start replay --all --canary --wait"));
    QCOMPARE(ending.exitCode, 4);
    QVERIFY2(ending.output.contains("stopped"), ending.output.constData());
    QVERIFY2(ending.output.contains("404"), ending.output.constData());
    QCOMPARE(m_receiver->count(), std::size_t(14)); // one alone was sent again
}

void OperationCommandsTest::startsOnlyWhatWasCounted()
{
    (void)m_programs->schedule(words("orders --in 1h --body 1"));
    const auto refused = m_programs->ctl(words("operation start cancel --destination orders --expect 2"));
    QCOMPARE(refused.exitCode, 4);
    QVERIFY2(refused.errors.contains("Another number"), refused.errors.constData());
    QCOMPARE(m_programs->database().value(QStringLiteral("SELECT count(*) FROM punctual.operations")).toInt(),
             0);
    const auto started =
        m_programs->ctl(words("operation start cancel --destination orders --expect 1 --json"));
    QVERIFY2(started.exitCode == 0, started.errors.constData());
    QCOMPARE(started.json().value(u"total").toInt(), 1);
}

void OperationCommandsTest::cancelsAndUndoes()
{
    startServer();
    const QString one = m_programs->schedule(words("orders --in 1h --body 1 --tag promo"));
    const QString other = m_programs->schedule(words("orders --in 1h --body 1"));
    auto ending = m_programs->ctl(words("operation start cancel --tag promo --wait --json"));
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    QCOMPARE(m_programs->state(one), QStringLiteral("cancelled"));
    QCOMPARE(m_programs->state(other), QStringLiteral("scheduled"));
    const QString id = ending.json().value(u"id").toString();
    const QStringList items{QStringLiteral("operation"), QStringLiteral("items"), id,
                            QStringLiteral("--verdict"), QStringLiteral("cancelled")};
    QVERIFY(m_programs->ctl(items).output.contains(one.toLatin1()));
    const auto listed = m_programs->ctl(items + QStringList{QStringLiteral("--json")}).json();
    QCOMPARE(listed.value(u"items").toArray().size(), 1);
    ending =
        m_programs->ctl({QStringLiteral("operation"), QStringLiteral("undo"), id, QStringLiteral("--wait")});
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    QVERIFY2(ending.output.contains("1 restored"), ending.output.constData());
    QCOMPARE(m_programs->state(one), QStringLiteral("scheduled"));
}

void OperationCommandsTest::showsListsAndAborts()
{
    (void)m_programs->schedule(words("orders --in 1h --body 1"));
    auto ending =
        m_programs->ctl(words("operation start reschedule --all --later 1h --json")); // nobody works
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    const QString id = ending.json().value(u"id").toString();
    const auto ask = [&](const char* verb, const QString& which) {
        return m_programs->ctl({QStringLiteral("operation"), QString::fromLatin1(verb), which});
    };
    QVERIFY(ask("show", id).output.contains("0 of 1"));
    QVERIFY(m_programs->ctl(words("operation list")).output.contains(id.toLatin1()));
    QCOMPARE(m_programs->ctl(words("operation list --json")).json().value(u"items").toArray().size(), 1);
    QVERIFY(ask("abort", id).output.contains("aborted"));
    const auto undone =
        m_programs->ctl({QStringLiteral("operation"), QStringLiteral("undo"), id, QStringLiteral("--json")});
    QCOMPARE(undone.exitCode, 0);
    QCOMPARE(ask("undo", undone.json().value(u"id").toString()).exitCode, 4); // it is an undo itself
    QCOMPARE(ask("items", nobodysId).exitCode, 3);
    QCOMPARE(ask("show", nobodysId).exitCode, 3);
    QCOMPARE(ask("abort", nobodysId).exitCode, 3);
    QCOMPARE(ask("show", QStringLiteral("7")).exitCode, 2);
}

void OperationCommandsTest::aDryRunChangesNothing()
{
    const QString id = m_programs->schedule(words("orders --in 1h --body 1"));
    auto ending = m_programs->ctl(words("operation start cancel --all --dry-run --json"));
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"count").toInt(), 1);
    ending = m_programs->ctl(words("operation start cancel --all --dry-run"));
    QVERIFY2(ending.output.contains(id.toLatin1()), ending.output.constData());
    QVERIFY(m_programs->ctl(words("operation list --json")).json().value(u"items").toArray().isEmpty());
}

void OperationCommandsTest::refusesArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("everything by mistake") << words("operation start cancel") << QByteArray("--all");
    QTest::newRow("an unknown action") << words("operation start delete --all") << QByteArray("--action");
    QTest::newRow("an unknown state")
        << words("operation start cancel --state gone") << QByteArray("--state");
    QTest::newRow("a state of another action")
        << words("operation start cancel --state dead") << QByteArray("--state");
    QTest::newRow("an unknown destination")
        << words("operation start replay --all --to nowhere") << QByteArray("--to");
    QTest::newRow("no time") << words("operation start reschedule --all") << QByteArray("--at");
    QTest::newRow("a filter and everything")
        << words("operation start cancel --all --tag a") << QByteArray("--all");
    QTest::newRow("two bodies") << words("replay 01900000-0000-7000-8000-000000000000 --body 1 --body-file -")
                                << QByteArray("--body");
}

void OperationCommandsTest::refusesArguments()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, names);
    const auto ending = m_programs->ctl(arguments);
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.errors.contains(names), ending.errors.constData());
    QVERIFY(ending.output.isEmpty());
}

PUNCTUAL_TEST(OperationCommandsTest)
#include "operation_commands_test.moc"
