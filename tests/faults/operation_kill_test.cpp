// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of the node that works at a bulk operation: another one goes on, leaves nothing out and does
// nothing twice.
#include "core/uuid_v7.h"
#include "scene.h"
#include "store/message_queries.h"
#include "store/operation_queries.h"
#include "support/factories.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class OperationKillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherNodeGoesOn();

private:
    static constexpr int count = 3000;

    static QUuid start(Scene& scene, const NewOperation& wanted);
    static Operation find(Scene& scene, const QUuid& id);
    static QString nodeOf(Scene& scene, const QUuid& id);
};

QUuid OperationKillTest::start(Scene& scene, const NewOperation& wanted)
{
    const auto id = scene.connection.transaction(
        someActor(Role::Operator), [&] { return store::startOperation(scene.connection, wanted); });
    if (!id)
        qFatal("not started: %s", qPrintable(id.error().detail));
    return *id;
}

Operation OperationKillTest::find(Scene& scene, const QUuid& id)
{
    return store::operation(scene.connection, id).value().value();
}

/// The name of the node that worked at it last.
QString OperationKillTest::nodeOf(Scene& scene, const QUuid& id)
{
    QString name;
    (void)scene.connection.select(
        QStringLiteral("SELECT n.name FROM punctual.operations o JOIN punctual.nodes n ON n.id = o.node "
                       "WHERE o.id = ?"),
        {toText(id)}, [&](const QSqlQuery& row) { name = row.value(0).toString(); });
    return name;
}

void OperationKillTest::anotherNodeGoesOn()
{
    TestDatabase database;
    Scene scene(database.address());
    scene.put(patientDestination(QStringLiteral("http://127.0.0.1:9/")));
    scene.startServer();
    scene.startServer();
    std::vector<NewMessage> messages;
    for (int i = 0; i < count; ++i)
        messages.push_back(messageFor(QStringLiteral("orders"), 1h));
    QVERIFY(store::schedule(scene.connection, messages, std::nullopt));
    const auto cancel = start(scene, {.action = OperationAction::Cancel, .all = true});
    QTRY_COMPARE_WITH_TIMEOUT(find(scene, cancel).state, OperationState::Done, longPatience);
    QCOMPARE(find(scene, cancel).verdicts.value(QStringLiteral("cancelled")), count);

    // A replay would tell of anything that is done twice.
    const auto replay = start(scene, {.action = OperationAction::Replay,
                                      .filter = {.states = {MessageState::Cancelled}},
                                      .perSecond = 1000,
                                      .delay = 1h});
    const int enough = scene.random.between(1, count / 2);
    QTRY_VERIFY_WITH_TIMEOUT(find(scene, replay).done >= enough, longPatience);
    const QString victimName = nodeOf(scene, replay);
    const auto victim = std::find_if(scene.servers.begin(), scene.servers.end(),
                                     [&](const auto& server) { return server->nodeName() == victimName; });
    QVERIFY(victim != scene.servers.end());
    (*victim)->kill();
    scene.forget(**victim);
    QCOMPARE(find(scene, replay).state, OperationState::Running); // it was killed in the midst of it
    QTRY_COMPARE_WITH_TIMEOUT(find(scene, replay).state, OperationState::Done, longPatience);
    QVERIFY(nodeOf(scene, replay) != victimName);
    const auto operation = find(scene, replay);
    QCOMPARE(operation.done, count);
    QCOMPARE(operation.verdicts.value(QStringLiteral("replayed")), count);
    QCOMPARE(
        scene.number(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE replay_of IS NOT NULL")),
        count);
    QCOMPARE(scene.number(QStringLiteral("SELECT count(DISTINCT replay_of) FROM punctual.messages")), count);
    QCOMPARE(scene.number(QStringLiteral("SELECT count(*) FROM punctual.operation_items i "
                                         "JOIN punctual.messages m ON m.id = i.replay "
                                         "WHERE m.replay_of = i.message_id")),
             count);
    QVERIFY(scene.stopServers());
}

PUNCTUAL_TEST(OperationKillTest)
#include "operation_kill_test.moc"
