// SPDX-License-Identifier: GPL-3.0-or-later
// The state machine in the database: every function from every state. What the design's table does not
// have is refused and changes nothing.
#include "store_fixture.h"

#include <QMap>

using namespace punctual;
using namespace punctual::test;

namespace
{

using enum MessageState;

/// One of the functions that move a message.
struct Mover
{
    const char* name;
    MessageState to;
    QList<MessageState> from; // where the design has an arrow
    std::function<void(StoreFixture&, const MessageId&)> move;
};

const std::vector<Mover>& movers()
{
    static const auto recording = [](MessageState to) {
        return [to](StoreFixture& fixture, const MessageId& id) { fixture.record(id, to); };
    };
    static const auto resolving = [](MessageState to) {
        return [to](StoreFixture& fixture, const MessageId& id) {
            (void)store::resolve(fixture.connection, id, to);
        };
    };
    static const std::vector<Mover> all{
        {"claim",
         Delivering,
         {MessageState::Scheduled, Retrying},
         [](auto& fixture, const auto& id) { fixture.claim({id}); }},
        {"cancel",
         Cancelled,
         {MessageState::Scheduled, Retrying},
         [](auto& fixture, const auto& id) { (void)store::cancel(fixture.connection, id); }},
        {"expire",
         Expired,
         {MessageState::Scheduled, Retrying},
         [](auto& fixture, const auto& id) {
             fixture.database.exec(
                 QStringLiteral("UPDATE punctual.messages SET expires_at = now() - interval '1 s'"
                                " WHERE id = '%1'")
                     .arg(toText(id)));
             (void)store::expire(fixture.connection, fixture.node, 10);
         }},
        {"restore",
         MessageState::Scheduled,
         {Cancelled},
         [](auto& fixture, const auto& id) { (void)store::restore(fixture.connection, id); }},
        {"record delivered", Delivered, {Delivering}, recording(Delivered)},
        {"record retrying", Retrying, {Delivering}, recording(Retrying)},
        {"record dead", Dead, {Delivering}, recording(Dead)},
        {"record unknown", Unknown, {Delivering}, recording(Unknown)},
        {"resolve as delivered", Delivered, {Unknown}, resolving(Delivered)},
        {"resolve as retrying", Retrying, {Unknown}, resolving(Retrying)},
        {"resolve as dead", Dead, {Unknown}, resolving(Dead)},
        {"rescue",
         Retrying,
         {Delivering},
         [](auto& fixture, const auto&) {
             fixture.passDeadlines();
             (void)store::rescue(fixture.connection, fixture.node, {}, false, 1000);
         }},
    };
    return all;
}

} // namespace

class StateMachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesOnlyAlongTheArrows_data();
    void movesOnlyAlongTheArrows();
    void reschedulesWhatWaits_data();
    void reschedulesWhatWaits();
    void nobodyCanBeRescheduled();
    void everyArrowHasAFunction();
    void theDatabaseRefusesWhatNoFunctionWrites_data();
    void theDatabaseRefusesWhatNoFunctionWrites();

private:
    StoreFixture m_fixture;
};

void StateMachineTest::movesOnlyAlongTheArrows_data()
{
    QTest::addColumn<qsizetype>("mover");
    QTest::addColumn<MessageState>("from");
    for (std::size_t i = 0; i < movers().size(); ++i)
        for (const auto from : allMessageStates)
            QTest::addRow("%s from %s", movers()[i].name, toText(from).data()) << qsizetype(i) << from;
}

void StateMachineTest::movesOnlyAlongTheArrows()
{
    QFETCH(qsizetype, mover);
    QFETCH(MessageState, from);
    const auto& [name, to, starts, move] = movers()[static_cast<std::size_t>(mover)];
    const auto id = m_fixture.messageIn(from);
    QCOMPARE(m_fixture.stateOf(id), QString(toText(from)));
    // Retrying messages of the fixture are due at once, cancelled ones later; both are as asked for.
    move(m_fixture, id);
    const bool moves = starts.contains(from);
    QCOMPARE(m_fixture.stateOf(id), QString(toText(moves ? to : from)));
    if (moves)
        QVERIFY(mayMove(from, to));
}

void StateMachineTest::reschedulesWhatWaits_data()
{
    QTest::addColumn<MessageState>("state");
    for (const auto state : allMessageStates)
        QTest::addRow("reschedule of %s", toText(state).data()) << state;
}

void StateMachineTest::reschedulesWhatWaits()
{
    QFETCH(MessageState, state);
    const auto id = m_fixture.messageIn(state);
    const auto due = [&] { return store::find(m_fixture.connection, id).value()->dueAt; };
    const Instant before = due();
    const Instant later = systemNow() + std::chrono::hours(2);
    const auto answer = store::reschedule(m_fixture.connection, id, later).value();
    QCOMPARE(answer.state, std::optional(state));
    QCOMPARE(answer.moved, isWaiting(state));
    QCOMPARE(m_fixture.stateOf(id), QString(toText(state)));
    QCOMPARE(due(), isWaiting(state) ? later : before);
}

void StateMachineTest::nobodyCanBeRescheduled()
{
    const auto answer = store::reschedule(m_fixture.connection, makeUuidV7(systemNow()), systemNow()).value();
    QVERIFY(!answer.state);
    QVERIFY(!answer.moved);
}

void StateMachineTest::everyArrowHasAFunction()
{
    for (const auto from : allMessageStates)
        for (const auto to : allMessageStates) {
            const bool has = std::any_of(movers().begin(), movers().end(), [&](const Mover& mover) {
                return mover.to == to && mover.from.contains(from);
            });
            QCOMPARE(has, mayMove(from, to));
        }
}

void StateMachineTest::theDatabaseRefusesWhatNoFunctionWrites_data()
{
    QTest::addColumn<QString>("assignment");
    QTest::newRow("a state that is none") << QStringLiteral("state = 'lost'");
    QTest::newRow("a final state without a time of finishing")
        << QStringLiteral("state = 'delivered', next_attempt_at = NULL");
    QTest::newRow("a live state with a time of finishing") << QStringLiteral("finished_at = now()");
    QTest::newRow("delivering without a claim") << QStringLiteral("state = 'delivering'");
    QTest::newRow("waiting without a time of the next attempt") << QStringLiteral("next_attempt_at = NULL");
    QTest::newRow("a priority that is none") << QStringLiteral("priority = 'urgent'");
    QTest::newRow("a shard beyond the last") << QStringLiteral("shard = 64");
}

void StateMachineTest::theDatabaseRefusesWhatNoFunctionWrites()
{
    QFETCH(QString, assignment);
    const auto id = m_fixture.messageIn(MessageState::Scheduled);
    const auto refused = m_fixture.connection.script(
        QStringLiteral("UPDATE punctual.messages SET %1 WHERE id = '%2'").arg(assignment, toText(id)));
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(QStringLiteral("23514")), qPrintable(refused.error().detail));
}

PUNCTUAL_TEST(StateMachineTest)
#include "state_machine_test.moc"
