// SPDX-License-Identifier: GPL-3.0-or-later
// What an operation did to which message, and the undo of a reschedule.
#include "operation_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class OperationUndoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<OperationFixture>(); }
    void movesBackWhatARescheduleMoved();
    void movesBackWhatWaitsAndWasNotDue();
    void isNotUndoneTwiceOver();
    void listsWhatItDid();
    void listsPages();
    void filtersByVerdict();
    void knowsNoOther();

private:
    [[nodiscard]] OperationItemPage items(const QUuid& id, const QString& verdict = {}, qint64 after = 0,
                                          int limit = 100)
    {
        return store::operationItems(m_fixture->connection, id, verdict, after, limit).value().value();
    }
    [[nodiscard]] Operation undo(const QUuid& id)
    {
        const auto undone = store::undoOperation(m_fixture->connection, id);
        if (!undone)
            qFatal("not undone: %s", qPrintable(undone.error().detail));
        m_fixture->work();
        return m_fixture->operation(*undone);
    }
    [[nodiscard]] Message find(const MessageId& id)
    {
        return store::find(m_fixture->connection, id).value().value();
    }

    std::unique_ptr<OperationFixture> m_fixture;
};

void OperationUndoTest::movesBackWhatARescheduleMoved()
{
    std::vector<MessageId> ids;
    std::vector<Instant> dues;
    for (int i = 1; i <= 5; ++i) {
        auto message = messageFor(QStringLiteral("orders"), Duration(i * 1h));
        message.expiresAfter = 10min;
        ids.push_back(m_fixture->schedule(message));
        dues.push_back(find(ids.back()).dueAt);
    }
    const auto moved = m_fixture->run({.action = OperationAction::Reschedule, .all = true, .delay = 48h});
    QCOMPARE(moved.verdicts.value(QStringLiteral("rescheduled")), 5);
    QVERIFY(find(ids[0]).dueAt > dues[4]);
    const auto undone = undo(moved.id);
    QVERIFY(undone.action == OperationAction::Reschedule);
    QCOMPARE(undone.undoOf, std::optional(moved.id));
    QCOMPARE(undone.verdicts.value(QStringLiteral("rescheduled")), 5);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        QCOMPARE(find(ids[i]).dueAt, dues[i]);
        QCOMPARE(find(ids[i]).nextAttemptAt, std::optional(dues[i]));
    }
}

void OperationUndoTest::movesBackWhatWaitsAndWasNotDue()
{
    const auto ids = m_fixture->scheduleMany(2);
    const auto wasDue = m_fixture->scheduleNow();
    const auto moved = m_fixture->run({.action = OperationAction::Reschedule, .all = true, .delay = 2h});
    (void)store::cancel(m_fixture->connection, ids[0]);
    const Instant later = find(wasDue).dueAt;
    const auto undone = undo(moved.id);
    QCOMPARE(undone.total, 3);
    QCOMPARE(undone.verdicts.value(QStringLiteral("rescheduled")), 1);
    QCOMPARE(undone.verdicts.value(QStringLiteral("cancelled")), 1);
    QCOMPARE(undone.verdicts.value(QStringLiteral("due_passed")), 1);
    QCOMPARE(find(wasDue).dueAt, later); // and so does not go at once
    QVERIFY(find(ids[1]).dueAt < later);
}

void OperationUndoTest::isNotUndoneTwiceOver()
{
    (void)m_fixture->scheduleMany(1);
    const auto moved = m_fixture->run({.action = OperationAction::Reschedule, .all = true, .delay = 2h});
    const auto undone = undo(moved.id);
    const auto refused = store::undoOperation(m_fixture->connection, undone.id);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
}

void OperationUndoTest::listsWhatItDid()
{
    const auto waiting = m_fixture->schedule(messageFor(QStringLiteral("orders"), 1h));
    const Instant due = find(waiting).dueAt;
    const auto id = m_fixture->start({.action = OperationAction::Reschedule, .all = true, .delay = 3h});
    auto page = items(id);
    QCOMPARE(page.items.size(), std::size_t(1));
    QVERIFY(page.items[0].verdict.isEmpty() && !page.items[0].changedAt && !page.items[0].dueAt);
    m_fixture->work();
    page = items(id);
    QCOMPARE(page.items[0].ordinal, 1);
    QCOMPARE(page.items[0].message, waiting);
    QCOMPARE(page.items[0].verdict, QStringLiteral("rescheduled"));
    QVERIFY(page.items[0].changedAt.has_value());
    QCOMPARE(page.items[0].dueAt, std::optional(due));
    QVERIFY(!page.items[0].replay);

    const auto dead = m_fixture->messageIn(MessageState::Dead);
    const auto replayed = m_fixture->run({.action = OperationAction::Replay, .all = true, .delay = 1h});
    const auto item = items(replayed.id).items.at(0);
    QCOMPARE(item.message, dead);
    QVERIFY(find(item.replay.value()).replayOf == dead);
}

void OperationUndoTest::listsPages()
{
    (void)m_fixture->scheduleMany(5);
    const auto operation = m_fixture->run({.action = OperationAction::Cancel, .all = true});
    const auto first = items(operation.id, {}, 0, 3);
    QCOMPARE(first.items.size(), std::size_t(3));
    QCOMPARE(first.next, std::optional<qint64>(3));
    const auto second = items(operation.id, {}, *first.next, 3);
    QCOMPARE(second.items.size(), std::size_t(2));
    QCOMPARE(second.items[0].ordinal, 4);
    QVERIFY(!second.next);
}

void OperationUndoTest::filtersByVerdict()
{
    const auto ids = m_fixture->scheduleMany(3);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    m_fixture->database.exec(
        QStringLiteral("DELETE FROM punctual.messages WHERE id = '%1'").arg(toText(ids[1])));
    m_fixture->work();
    const auto missing = items(id, QStringLiteral("not_found"));
    QCOMPARE(missing.items.size(), std::size_t(1));
    QCOMPARE(missing.items[0].message, ids[1]);
    QCOMPARE(items(id, QStringLiteral("cancelled")).items.size(), std::size_t(2));
    QVERIFY(items(id, QStringLiteral("it's none")).items.empty());
}

void OperationUndoTest::knowsNoOther()
{
    QVERIFY(!store::operationItems(m_fixture->connection, makeUuidV7(systemNow()), {}, 0, 10).value());
}

PUNCTUAL_TEST(OperationUndoTest)
#include "operation_undo_test.moc"
