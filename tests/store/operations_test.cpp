// SPDX-License-Identifier: GPL-3.0-or-later
// Bulk operations in the database: what a filter takes and what becomes of a message in each state.
#include "operation_fixture.h"

#include <QSet>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class OperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void doesWhatItIsForInEveryState_data();
    void doesWhatItIsForInEveryState();
    void takesWhatTheListShows_data();
    void takesWhatTheListShows();
    void refuses_data();
    void refuses();
    void refusesATimeThatNeverComes();
    void startsOnlyWhatWasExpected();
    void takesNothingThatCameLater();
    void takesWhatIsDueFirst();
    void saysWhatWasInTheWay();
    void movesDueTimes();

private:
    std::unique_ptr<OperationFixture> m_fixture;
};

void OperationsTest::init()
{
    m_fixture = std::make_unique<OperationFixture>();
}

void OperationsTest::doesWhatItIsForInEveryState_data()
{
    QTest::addColumn<OperationAction>("action");
    QTest::addColumn<QList<MessageState>>("takes"); // when the filter names no state
    QTest::addColumn<QString>("verdict");           // of those
    QTest::addColumn<QString>("becomes");           // empty: what it was
    using enum MessageState;
    QTest::newRow("a cancel") << OperationAction::Cancel << QList{Scheduled, Retrying} << "cancelled"
                              << "cancelled";
    QTest::newRow("a reschedule") << OperationAction::Reschedule << QList{Scheduled, Retrying}
                                  << "rescheduled"
                                  << "";
    QTest::newRow("a resolve") << OperationAction::Resolve << QList{Unknown} << "resolved"
                               << "dead";
    QTest::newRow("a restore") << OperationAction::Restore << QList{Cancelled} << "restored"
                               << "scheduled";
    QTest::newRow("a replay") << OperationAction::Replay << QList{Dead} << "replayed"
                              << "";
}

void OperationsTest::doesWhatItIsForInEveryState()
{
    QFETCH(const OperationAction, action);
    QFETCH(const QList<MessageState>, takes);
    QFETCH(const QString, verdict);
    QFETCH(const QString, becomes);
    QMap<MessageState, MessageId> messages;
    for (const auto state : allMessageStates)
        messages.insert(state, m_fixture->messageIn(state));
    NewOperation wanted{.action = action, .all = true};
    if (action == OperationAction::Reschedule)
        wanted.delay = 2h;
    if (action == OperationAction::Resolve)
        wanted.as = MessageState::Dead;
    const auto operation = m_fixture->run(wanted);
    QCOMPARE(operation.state, OperationState::Done);
    QCOMPARE(operation.lastError, QString());
    QCOMPARE(operation.verdicts.value(verdict), takes.size());
    // A cancel takes what is being delivered too, and says so.
    QCOMPARE(operation.total, takes.size() + (action == OperationAction::Cancel ? 1 : 0));
    QCOMPARE(operation.done, operation.total);
    for (auto message = messages.begin(); message != messages.end(); ++message) {
        const QString was = toText(message.key());
        const bool moves = takes.contains(message.key()) && !becomes.isEmpty();
        QCOMPARE(m_fixture->stateOf(message.value()), moves ? becomes : was);
    }
    QCOMPARE(m_fixture->countersProblem(), QString());
}

void OperationsTest::takesWhatTheListShows_data()
{
    QTest::addColumn<MessageFilter>("filter");
    QTest::addColumn<int>("count");
    const auto waiting = std::vector{MessageState::Scheduled};
    QTest::newRow("a state") << MessageFilter{.states = waiting} << 6;
    QTest::newRow("a destination") << MessageFilter{.states = waiting,
                                                    .destination = QStringLiteral("orders")}
                                   << 5;
    QTest::newRow("a tag") << MessageFilter{.states = waiting, .tag = QStringLiteral("it's a promo")} << 1;
    QTest::newRow("a key") << MessageFilter{.states = waiting, .key = QStringLiteral("customer-12")} << 2;
    QTest::newRow("a time, inclusive") << MessageFilter{.states = waiting, .dueAfter = at(1us)} << 2;
    QTest::newRow("a time, exclusive") << MessageFilter{.states = waiting, .dueBefore = at(1us)} << 4;
    QTest::newRow("a part of a tag") << MessageFilter{.states = waiting, .text = QStringLiteral("PROMO")}
                                     << 1;
    QTest::newRow("a text with a wildcard")
        << MessageFilter{.states = waiting, .text = QStringLiteral("100%_")} << 1;
    QTest::newRow("a text that nothing has")
        << MessageFilter{.states = waiting, .text = QStringLiteral("')")} << 0;
    QTest::newRow("several at once") << MessageFilter{.states = waiting,
                                                      .destination = QStringLiteral("orders"),
                                                      .key = QStringLiteral("customer-12"),
                                                      .dueBefore = at(1h)}
                                     << 1;
}

void OperationsTest::takesWhatTheListShows()
{
    QFETCH(const MessageFilter, filter);
    QFETCH(const int, count);
    const auto add = [&](Duration later, const QString& key, const QStringList& tags,
                         const QString& destination = QStringLiteral("orders")) {
        auto message = messageFor(destination, at(later));
        message.key = key;
        message.tags = tags;
        m_fixture->schedule(message);
    };
    add(0us, QStringLiteral("customer-12"), {});
    add(1us, {}, {QStringLiteral("it's a promo")});
    add(2h, QStringLiteral("customer-12"), {});
    add(-1h, QStringLiteral("100%_"), {});
    add(-1h, QStringLiteral("100"), {});
    add(-1h, {}, {}, QStringLiteral("echo"));
    (void)m_fixture->messageIn(MessageState::Dead);
    QSet<MessageId> listed;
    const auto page = store::list(m_fixture->connection, filter, std::nullopt, 100).value();
    for (const auto& message : page.items)
        listed.insert(message.id);
    QCOMPARE(listed.size(), count);

    const NewOperation wanted{.action = OperationAction::Cancel, .filter = filter};
    const auto preview = m_fixture->connection.transaction(
        someActor(Role::Operator), [&] { return store::previewOperation(m_fixture->connection, wanted); });
    QVERIFY2(preview.has_value(), preview ? "" : qPrintable(preview.error().detail));
    QCOMPARE(preview->count, count);
    QSet<MessageId> sampled;
    for (const auto& message : preview->sample)
        sampled.insert(message.id);
    QCOMPARE(sampled, listed);
    const auto operation = m_fixture->run(wanted);
    QCOMPARE(operation.total, count);
    QCOMPARE(operation.verdicts.value(QStringLiteral("cancelled")), count);
    for (const auto& id : listed)
        QCOMPARE(m_fixture->stateOf(id), QStringLiteral("cancelled"));
    QCOMPARE(m_fixture->countIn("cancelled"), count);
}

void OperationsTest::refuses_data()
{
    QTest::addColumn<NewOperation>("wanted");
    QTest::addColumn<QString>("field");
    using enum OperationAction;
    const MessageFilter some{.destination = QStringLiteral("orders")};
    QTest::newRow("everything by mistake") << NewOperation{.action = Cancel} << "filter";
    QTest::newRow("everything and a filter")
        << NewOperation{.action = Cancel, .filter = some, .all = true} << "all";
    QTest::newRow("a state that the action is not for")
        << NewOperation{.action = Cancel, .filter = {.states = {MessageState::Dead}}} << "filter/state";
    QTest::newRow("a replay of what waits")
        << NewOperation{.action = Replay, .filter = {.states = {MessageState::Retrying}}} << "filter/state";
    QTest::newRow("a resolve without a state") << NewOperation{.action = Resolve, .all = true} << "as";
    QTest::newRow("a reschedule without a time")
        << NewOperation{.action = Reschedule, .all = true} << "due_at";
    QTest::newRow("two times") << NewOperation{.action = Reschedule, .all = true, .delay = 1h, .shift = 1h}
                               << "due_at";
    QTest::newRow("a time that is past")
        << NewOperation{.action = Reschedule, .all = true, .dueAt = systemNow() - 2min} << "due_at";
    QTest::newRow("a destination that is not known")
        << NewOperation{.action = Replay, .all = true, .destination = QStringLiteral("nowhere")}
        << "destination";
    QTest::newRow("a destination of a cancel")
        << NewOperation{.action = Cancel, .all = true, .destination = QStringLiteral("echo")}
        << "destination";
    QTest::newRow("a canary of a cancel")
        << NewOperation{.action = Cancel, .all = true, .canary = true} << "canary";
}

void OperationsTest::refuses()
{
    QFETCH(const NewOperation, wanted);
    QFETCH(const QString, field);
    const auto id = m_fixture->tryToStart(wanted);
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::InvalidInput);
    QCOMPARE(id.error().fields.at(0).pointer, QStringLiteral("/messages/0/") + field);
    const auto preview = store::previewOperation(m_fixture->connection, wanted);
    QVERIFY(!preview);
    QCOMPARE(preview.error().fields.at(0).pointer, QStringLiteral("/messages/0/") + field);
    QCOMPARE(
        m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.operation_items")).toInt(),
        0);
}

void OperationsTest::refusesATimeThatNeverComes()
{
    for (const char* time : {"infinity", "-infinity"}) {
        const auto refused = m_fixture->connection.run(
            QStringLiteral(
                "SELECT punctual.start_operation('reschedule', '{}', '{\"all\": true, \"due_at\": \"%1\"}')")
                .arg(QString::fromLatin1(time)));
        QVERIFY(!refused);
        QCOMPARE(refused.error().fields.at(0).pointer, QStringLiteral("/messages/0/due_at"));
    }
}

void OperationsTest::startsOnlyWhatWasExpected()
{
    (void)m_fixture->scheduleMany(3);
    NewOperation wanted{.action = OperationAction::Cancel, .all = true};
    const auto preview = store::previewOperation(m_fixture->connection, wanted).value();
    (void)m_fixture->scheduleMany(1);
    wanted.expectedCount = preview.count;
    const auto refused = m_fixture->tryToStart(wanted);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(matchingNow(refused.error()), std::optional<qint64>(4));
    QCOMPARE(store::operations(m_fixture->connection, std::nullopt, 10)->items.size(), std::size_t(0));
    wanted.expectedCount = 4;
    QCOMPARE(m_fixture->run(wanted).total, 4);
    QCOMPARE(matchingNow({ErrorCode::Conflict, QStringLiteral("something else")}), std::nullopt);
}

void OperationsTest::takesNothingThatCameLater()
{
    (void)m_fixture->scheduleMany(3);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    const auto later = m_fixture->scheduleMany(2);
    m_fixture->work();
    QCOMPARE(m_fixture->operation(id).total, 3);
    for (const auto& message : later)
        QCOMPARE(m_fixture->stateOf(message), QStringLiteral("scheduled"));
}

void OperationsTest::takesWhatIsDueFirst()
{
    const auto late = m_fixture->schedule(messageFor(QStringLiteral("orders"), 3h));
    const auto soon = m_fixture->schedule(messageFor(QStringLiteral("orders"), 1h));
    const auto operation = m_fixture->run({.action = OperationAction::Cancel, .all = true, .limit = 1});
    QCOMPARE(operation.total, 1);
    QCOMPARE(m_fixture->stateOf(soon), QStringLiteral("cancelled"));
    QCOMPARE(m_fixture->stateOf(late), QStringLiteral("scheduled"));
}

void OperationsTest::saysWhatWasInTheWay()
{
    const auto ids = m_fixture->scheduleMany(4, 0us);
    const auto id = m_fixture->start({.action = OperationAction::Cancel, .all = true});
    QCOMPARE(m_fixture->claim({ids[0], ids[1]}), std::size_t(2));
    m_fixture->record(ids[0], MessageState::Delivered);
    (void)store::cancel(m_fixture->connection, ids[2]); // by somebody else
    m_fixture->work();
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.verdicts.value(QStringLiteral("delivered")), 1);
    QCOMPARE(operation.verdicts.value(QStringLiteral("delivering")), 1);
    QCOMPARE(operation.verdicts.value(QStringLiteral("cancelled")), 2);
    // Of these only one is this operation's.
    QCOMPARE(m_fixture->database
                 .value(QStringLiteral(
                     "SELECT count(*) FROM punctual.operation_items WHERE changed_at IS NOT NULL"))
                 .toInt(),
             1);
}

void OperationsTest::movesDueTimes()
{
    const auto ids = m_fixture->scheduleMany(4, 1h);
    const Instant before = store::find(m_fixture->connection, ids[0]).value()->dueAt;
    (void)m_fixture->run({.action = OperationAction::Reschedule, .all = true, .shift = 30min});
    QCOMPARE(store::find(m_fixture->connection, ids[0]).value()->dueAt, before + 30min);
    const Instant first = std::chrono::floor<std::chrono::milliseconds>(systemNow() + 5h);
    (void)m_fixture->run({.action = OperationAction::Reschedule, .all = true, .dueAt = first, .spread = 4s});
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto message = store::find(m_fixture->connection, ids[i]).value();
        QCOMPARE(message->dueAt, first + static_cast<int>(i) * 1s);
        QCOMPARE(message->nextAttemptAt, std::optional(message->dueAt));
    }
    (void)m_fixture->run(
        {.action = OperationAction::Reschedule, .all = true, .shift = -10h}); // which means now
    QCOMPARE(m_fixture->claim(ids), std::size_t(4));
}

PUNCTUAL_TEST(OperationsTest)
#include "operations_test.moc"
