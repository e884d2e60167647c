// SPDX-License-Identifier: GPL-3.0-or-later
// Eight nodes on one database: they share the shards evenly, and when one is killed and another one leaves
// the others have all of them again within seconds, and everything is delivered.
#include "inspection.h"
#include "scene.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class EightNodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shareWhatThereIs();
};

namespace
{

/// Until all shards have an owner again, in milliseconds: the lease of a dead node, a renewal of the others,
/// and a second for a machine that is busy.
constexpr int untilWhole = 4000 + 1000 + 1000;

/// All 64 shards are with these nodes, and none has more than its share.
bool areShared(Scene& scene)
{
    const int nodes = static_cast<int>(scene.servers.size());
    int sum = 0;
    for (const auto& server : scene.servers) {
        const int shards = scene.shardsOf(*server);
        if (shards > (64 + nodes - 1) / nodes)
            return false;
        sum += shards;
    }
    return sum == 64;
}

} // namespace

void EightNodesTest::shareWhatThereIs()
{
    TestDatabase database;
    Scene scene(database.address());
    Receiver receiver;
    receiver.replyAlways({.delay = 10ms});
    scene.put(patientDestination(receiver.url()));
    for (int i = 0; i < 8; ++i)
        scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(areShared(scene), untilWhole);
    for (const auto& server : scene.servers)
        QCOMPARE(scene.shardsOf(*server), 8);
    int inFlight = 0;
    for (int round = 0; round < rounds(1); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(QStringLiteral("orders"), 600, 8s);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 200))));
        Server& victim = *scene.servers[static_cast<std::size_t>(scene.random.between(0, 7))];
        victim.kill();
        const QString victimName = victim.nodeName();
        scene.forget(victim);
        QTRY_VERIFY_WITH_TIMEOUT(scene.onlyServersAreConnected(), longPatience);
        inFlight += scene.noteCutOff(victimName);
        QTRY_VERIFY_WITH_TIMEOUT(areShared(scene), untilWhole);
        Server& leaver = *scene.servers[static_cast<std::size_t>(scene.random.between(0, 6))];
        QVERIFY(leaver.terminate());
        scene.forget(leaver);
        QTRY_VERIFY_WITH_TIMEOUT(areShared(scene), untilWhole);
        scene.startServer();
        scene.startServer();
        QTRY_VERIFY_WITH_TIMEOUT(areShared(scene), untilWhole);
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    }
    QCOMPARE(problemsAtTheEnd(scene, receiver, inFlight).join(u'\n'), QString());
}

PUNCTUAL_TEST(EightNodesTest)
#include "eight_nodes_test.moc"
