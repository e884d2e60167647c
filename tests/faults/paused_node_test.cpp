// SPDX-License-Identifier: GPL-3.0-or-later
// A node stands still for longer than its lease (a suspended machine, a debugger, a starved container): the
// other one takes its shards over, and when it wakes up it sends nothing that is not its own any more.
#include "inspection.h"
#include "scene.h"
#include "store/node_queries.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class PausedNodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsNothingThatIsNotItsOwn();
};

void PausedNodeTest::sendsNothingThatIsNotItsOwn()
{
    TestDatabase database;
    Scene scene(database.address());
    Receiver receiver;
    receiver.replyAlways({.delay = 20ms});
    scene.put(patientDestination(receiver.url()));
    Server& paused = scene.startServer();
    Server& other = scene.startServer();
    const auto evenly = [&] { return scene.shardsOf(paused) == 32 && scene.shardsOf(other) == 32; };
    QTRY_VERIFY_WITH_TIMEOUT(evenly(), longPatience);
    int cutOff = 0;
    for (int round = 0; round < rounds(2); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(QStringLiteral("orders"), 300, 2s);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 150))));
        paused.pause();
        const auto pausedAt = store::databaseTime(scene.connection);
        QVERIFY(pausedAt.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(scene.hasEndedWhatBeganBefore(*pausedAt), longPatience);
        cutOff += scene.noteCutOff(paused.nodeName());
        QTRY_COMPARE_WITH_TIMEOUT(scene.shardsOf(other), 64, longPatience);
        scene.schedule(QStringLiteral("orders"), 100, 1s);
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
        const std::size_t arrived = receiver.count();
        paused.resume();
        QTRY_VERIFY_WITH_TIMEOUT(evenly(), longPatience);
        QCOMPARE(receiver.count(), arrived);
    }
    QCOMPARE(problemsAtTheEnd(scene, receiver, cutOff).join(u'\n'), QString());
}

PUNCTUAL_TEST(PausedNodeTest)
#include "paused_node_test.moc"
