// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a bulk operation: pace, abort, undo, failures, and several that work or claim at once.
#include "operation_fixture.h"

#include <thread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class OperationLifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void undoesACancelUntilItWasDue();
    void leavesACancelThatWasMeant();
    void undoesAReplay();
    void isNotUndoneWhileItRuns();
    void keepsWhatItDidWhenItIsAborted();
    void keepsItsPace();
    void twoNodesDoNothingTwice();
    void oneOfClaimAndCancelWins();
    void aBatchThatFailsIsTriedAgain();
    void namesWhoAskedForIt();
    void namesWhereItWasAskedFor_data();
    void namesWhereItWasAskedFor();
    void listsTheNewestFirst();

private:
    std::unique_ptr<OperationFixture> m_fixture;
};

void OperationLifeTest::init()
{
    m_fixture = std::make_unique<OperationFixture>();
}

void OperationLifeTest::undoesACancelUntilItWasDue()
{
    const auto ids = m_fixture->scheduleMany(5);
    const auto byHand = m_fixture->schedule(messageFor(QStringLiteral("orders"), 1h));
    (void)store::cancel(m_fixture->connection, byHand);
    const auto cancelled = m_fixture->run({.action = OperationAction::Cancel, .all = true});
    m_fixture->database.exec(QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '1 s' "
                                            "WHERE id = '%1'")
                                 .arg(toText(ids[0])));
    const auto undo = store::undoOperation(m_fixture->connection, cancelled.id);
    QVERIFY(undo.has_value());
    m_fixture->work();
    const auto operation = m_fixture->operation(*undo);
    QCOMPARE(operation.undoOf, std::optional(cancelled.id));
    QCOMPARE(operation.total, 5);
    QCOMPARE(operation.verdicts.value(QStringLiteral("restored")), 4);
    QCOMPARE(operation.verdicts.value(QStringLiteral("cancelled")), 1);
    QCOMPARE(m_fixture->stateOf(ids[0]), QStringLiteral("cancelled"));
    QCOMPARE(m_fixture->stateOf(ids[1]), QStringLiteral("scheduled"));
    QCOMPARE(m_fixture->stateOf(byHand), QStringLiteral("cancelled"));
    QCOMPARE(m_fixture->countersProblem(), QString());
}

void OperationLifeTest::leavesACancelThatWasMeant()
{
    const auto id = m_fixture->scheduleMany(1).front();
    const auto cancelled = m_fixture->run({.action = OperationAction::Cancel, .all = true});
    QVERIFY(store::restore(m_fixture->connection, id).has_value());
    QVERIFY(store::cancel(m_fixture->connection, id).has_value());
    QVERIFY(store::undoOperation(m_fixture->connection, cancelled.id).has_value());
    m_fixture->work();
    QCOMPARE(m_fixture->stateOf(id), QStringLiteral("cancelled"));
}

void OperationLifeTest::undoesAReplay()
{
    for (int i = 0; i < 3; ++i)
        (void)m_fixture->messageIn(MessageState::Dead);
    const auto replayed = m_fixture->run({.action = OperationAction::Replay, .all = true, .delay = 1h});
    QCOMPARE(replayed.verdicts.value(QStringLiteral("replayed")), 3);
    QCOMPARE(m_fixture->countIn("scheduled"), 3);
    QVERIFY(store::undoOperation(m_fixture->connection, replayed.id).has_value());
    m_fixture->work();
    QCOMPARE(m_fixture->countIn("scheduled"), 0);
    QCOMPARE(m_fixture->countIn("cancelled"), 3);
    QCOMPARE(m_fixture->countersProblem(), QString());
}

void OperationLifeTest::isNotUndoneWhileItRuns()
{
    (void)m_fixture->scheduleMany(1);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    const auto refused = store::undoOperation(m_fixture->connection, id);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    const auto nobody = store::undoOperation(m_fixture->connection, makeUuidV7(systemNow()));
    QCOMPARE(nobody.error().code, ErrorCode::NotFound);
}

void OperationLifeTest::keepsWhatItDidWhenItIsAborted()
{
    (void)m_fixture->scheduleMany(10);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    QCOMPARE(store::workOperation(m_fixture->connection, m_fixture->node.id, 4)->items, 4);
    QCOMPARE(store::abortOperation(m_fixture->connection, id).value(),
             std::optional(OperationState::Aborted));
    m_fixture->work();
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.state, OperationState::Aborted);
    QCOMPARE(operation.done, 4);
    QVERIFY(operation.finishedAt.has_value());
    QCOMPARE(m_fixture->countIn("cancelled"), 4);
    QVERIFY(!store::abortOperation(m_fixture->connection, makeUuidV7(systemNow())).value());
    QVERIFY(store::undoOperation(m_fixture->connection, id).has_value());
    m_fixture->work();
    QCOMPARE(m_fixture->countIn("scheduled"), 10);
}

void OperationLifeTest::keepsItsPace()
{
    (void)m_fixture->scheduleMany(40);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true, .perSecond = 40});
    const auto first = store::workOperation(m_fixture->connection, m_fixture->node.id, 1000);
    QCOMPARE(first->items, 10);
    const auto second = store::workOperation(m_fixture->connection, m_fixture->node.id, 1000);
    QCOMPARE(second->items, 0);
    QVERIFY(second->wait > 0us && second->wait <= 250ms);
    m_fixture->work();
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.done, 40);
    // Four batches with a quarter of a second between them.
    QVERIFY(*operation.finishedAt - operation.createdAt >= 750ms);
}

void OperationLifeTest::twoNodesDoNothingTwice()
{
    for (int i = 0; i < 60; ++i)
        (void)m_fixture->messageIn(MessageState::Dead);
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true, .delay = 1h});
    const auto address = m_fixture->database.address();
    std::vector<std::thread> nodes;
    for (int i = 0; i < 3; ++i)
        nodes.emplace_back([address] {
            store::Connection connection(address, QStringLiteral("node"));
            for (auto worked = store::workOperation(connection, makeUuidV7(systemNow()), 5);
                 worked && worked->wait;)
                worked = store::workOperation(connection, makeUuidV7(systemNow()), 5);
        });
    for (auto& node : nodes)
        node.join();
    QCOMPARE(m_fixture->operation(id).done, 60);
    QCOMPARE(m_fixture->countIn("scheduled"), 60);
    QCOMPARE(m_fixture->database
                 .value(QStringLiteral("SELECT count(DISTINCT replay_of) FROM punctual.messages "
                                       "WHERE replay_of IS NOT NULL"))
                 .toInt(),
             60);
}

// A node claims what an operation cancels: each message is claimed or cancelled, and the verdicts tell which.
void OperationLifeTest::oneOfClaimAndCancelWins()
{
    const auto ids = m_fixture->scheduleMany(400, 0us);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    const auto address = m_fixture->database.address();
    std::thread worker([address] {
        store::Connection connection(address, QStringLiteral("worker"));
        for (auto worked = store::workOperation(connection, makeUuidV7(systemNow()), 20);
             worked && worked->wait;)
            worked = store::workOperation(connection, makeUuidV7(systemNow()), 20);
    });
    std::size_t claimed = 0;
    for (auto first = ids.rbegin(); first != ids.rend(); first += 20)
        claimed += m_fixture->claim({first, first + 20});
    worker.join();
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.done, 400);
    QCOMPARE(operation.verdicts.value(QStringLiteral("delivering")), qint64(claimed));
    QCOMPARE(operation.verdicts.value(QStringLiteral("cancelled")), 400 - qint64(claimed));
    QCOMPARE(m_fixture->countIn("delivering"), int(claimed));
    QCOMPARE(m_fixture->countersProblem(), QString());
}

void OperationLifeTest::aBatchThatFailsIsTriedAgain()
{
    (void)m_fixture->scheduleMany(2);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    m_fixture->database.exec(QStringLiteral("ALTER TABLE punctual.counter_changes RENAME TO elsewhere"));
    const auto failed = store::workOperation(m_fixture->connection, m_fixture->node.id, 10);
    QVERIFY(failed.has_value());
    QCOMPARE(failed->items, 0);
    m_fixture->database.exec(QStringLiteral("ALTER TABLE punctual.elsewhere RENAME TO counter_changes"));
    QVERIFY(m_fixture->operation(id).lastError.contains(QStringLiteral("counter_changes")));
    QCOMPARE(m_fixture->countIn("scheduled"), 2);
    m_fixture->work();
    QCOMPARE(m_fixture->operation(id).state, OperationState::Done);
    QCOMPARE(m_fixture->operation(id).lastError, QString());
    QCOMPARE(m_fixture->countIn("cancelled"), 2);
}

void OperationLifeTest::namesWhoAskedForIt()
{
    const auto id = m_fixture->scheduleMany(1).front();
    Actor actor = someActor(Role::Operator);
    actor.reason = QStringLiteral("a wrong price");
    const auto started = m_fixture->connection.transaction(actor, [&] {
        return store::startOperation(m_fixture->connection, {.action = OperationAction::Cancel, .all = true});
    });
    QVERIFY(started.has_value());
    m_fixture->work();
    QCOMPARE(store::find(m_fixture->connection, id).value()->cancelledBy, actor.name);
    const auto operation = m_fixture->operation(*started);
    QCOMPARE(operation.actor, actor.name);
    QCOMPARE(operation.reason, actor.reason);
    QCOMPARE(
        m_fixture->database
            .value(QStringLiteral("SELECT string_agg(concat_ws(' ', action, actor, origin, reason), ', ' "
                                  "ORDER BY id) FROM punctual.audit WHERE kind = 'operation'"))
            .toString(),
        QStringLiteral("start tester test a wrong price, finish tester test a wrong price"));
    const auto refused = m_fixture->connection.transaction(someActor(Role::Viewer), [&] {
        return store::startOperation(m_fixture->connection, {.action = OperationAction::Cancel, .all = true});
    });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Forbidden);
}

void OperationLifeTest::namesWhereItWasAskedFor_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("another machine") << "192.0.2.7";
    QTest::newRow("a socket of this machine") << "";
}

void OperationLifeTest::namesWhereItWasAskedFor()
{
    QFETCH(const QString, address);
    (void)m_fixture->scheduleMany(1);
    Actor actor = someActor(Role::Operator);
    actor.address = address;
    const auto started = m_fixture->connection.transaction(actor, [&] {
        return store::startOperation(m_fixture->connection, {.action = OperationAction::Cancel, .all = true});
    });
    QVERIFY(started.has_value());
    // A node on another machine, so to speak.
    m_fixture->database.exec(QStringLiteral("BEGIN; SET LOCAL punctual.address = '198.51.100.1'; "
                                            "SELECT punctual.work_operation('%1', 10); COMMIT")
                                 .arg(toText(m_fixture->node.id)));
    QCOMPARE(m_fixture->operation(*started).state, OperationState::Done);
    QCOMPARE(
        m_fixture->database
            .value(QStringLiteral("SELECT string_agg(concat(action, ' ', host(address)), ', ' ORDER BY id) "
                                  "FROM punctual.audit WHERE kind = 'operation'"))
            .toString(),
        QStringLiteral("start %1, finish %1").arg(address));
}

void OperationLifeTest::listsTheNewestFirst()
{
    std::vector<QUuid> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(m_fixture->start({.action = OperationAction::Cancel, .all = true})); // of nothing
        m_fixture->database.exec(QStringLiteral("SELECT pg_sleep(0.002)")); // the next millisecond
    }
    const auto page = store::operations(m_fixture->connection, std::nullopt, 2).value();
    QCOMPARE(page.items.size(), std::size_t(2));
    QCOMPARE(page.items[0].id, ids[2]);
    QCOMPARE(page.items[0].state, OperationState::Done);
    QCOMPARE(page.next, std::optional(ids[1]));
    const auto rest = store::operations(m_fixture->connection, page.next, 2).value();
    QCOMPARE(rest.items.size(), std::size_t(1));
    QCOMPARE(rest.items[0].id, ids[0]);
    QVERIFY(!rest.next);
}

PUNCTUAL_TEST(OperationLifeTest)
#include "operation_life_test.moc"
