// SPDX-License-Identifier: GPL-3.0-or-later
// The way from one node to the database breaks without a sign, and the other node's does not: the other one
// takes over, and the one that was cut off sends nothing that is not its own any more.
#include "database_proxy.h"
#include "inspection.h"
#include "scene.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class CutOffNodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsNothingThatIsNotItsOwn();
};

void CutOffNodeTest::sendsNothingThatIsNotItsOwn()
{
    TestDatabase database;
    Scene scene(database.address());
    DatabaseProxy proxy(database.address());
    Receiver receiver;
    receiver.replyAlways({.delay = 20ms});
    scene.put(patientDestination(receiver.url()));
    Server& cutOff = scene.startServer(proxy.address());
    Server& other = scene.startServer();
    const auto evenly = [&] { return scene.shardsOf(cutOff) == 32 && scene.shardsOf(other) == 32; };
    QTRY_VERIFY_WITH_TIMEOUT(evenly(), longPatience);
    int inFlight = 0;
    for (int round = 0; round < rounds(2); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(QStringLiteral("orders"), 300, 3s);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 150))));
        proxy.swallowAnswers();
        QTRY_COMPARE_WITH_TIMEOUT(scene.shardsOf(cutOff), 0, longPatience);
        inFlight += scene.noteCutOff(cutOff.nodeName()); // the other one waits a second more
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
        const std::size_t arrived = receiver.count();
        proxy.mend();
        QTRY_VERIFY_WITH_TIMEOUT(evenly(), longPatience);
        QCOMPARE(receiver.count(), arrived);
    }
    QCOMPARE(problemsAtTheEnd(scene, receiver, inFlight).join(u'\n'), QString());
}

PUNCTUAL_TEST(CutOffNodeTest)
#include "cut_off_node_test.moc"
