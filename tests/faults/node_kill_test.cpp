// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of a node while messages flow: another one takes over, nothing is lost and nothing that was
// cancelled is sent.
#include "inspection.h"
#include "scene.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class NodeKillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostWithANode_data();
    void nothingIsLostWithANode();
};

void NodeKillTest::nothingIsLostWithANode_data()
{
    QTest::addColumn<int>("servers");
    QTest::newRow("one that is started again") << 1;
    QTest::newRow("one of two") << 2;
}

void NodeKillTest::nothingIsLostWithANode()
{
    QFETCH(const int, servers);
    TestDatabase database;
    Scene scene(database.address());
    Receiver receiver;
    receiver.replyAlways({.delay = 10ms});
    scene.put(patientDestination(receiver.url()));
    for (int i = 0; i < servers; ++i)
        scene.startServer();
    int cutOff = 0;
    for (int round = 0; round < rounds(2); ++round) {
        const auto ids = scene.schedule(QStringLiteral("orders"), 150, 3s);
        const std::size_t before = receiver.count();
        for (const auto& id : ids)
            if (scene.random.percent(20))
                scene.cancel(id);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 80))));
        Server& victim = *scene.servers[static_cast<std::size_t>(scene.random.between(0, servers - 1))];
        victim.kill();
        const QString victimName = victim.nodeName();
        scene.forget(victim);
        QTRY_VERIFY_WITH_TIMEOUT(scene.onlyServersAreConnected(), longPatience);
        cutOff += scene.noteCutOff(victimName);
        for (const auto& id : ids)
            if (scene.random.percent(10))
                scene.cancel(id);
        scene.startServer();
    }
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
    QVERIFY(inspected.cancelled > 0);
    QVERIFY(inspected.surplus <= cutOff);
}

PUNCTUAL_TEST(NodeKillTest)
#include "node_kill_test.moc"
