// SPDX-License-Identifier: GPL-3.0-or-later
// Replays, one and many, the canary, and how dead letters are grouped.
#include "operation_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void replaysWhatIsOver_data();
    void replaysWhatIsOver();
    void changesWhatIsAskedFor();
    void refusesWhatCannotBe();
    void spreadsDueTimes();
    void goesToAnotherDestination();
    void saysThatADestinationIsGone();
    void groupsWhatFailedAlike_data();
    void groupsWhatFailedAlike();
    void listsGroupsOfDeadLetters();
    void filtersByFingerprint();
    void aCanaryGoesOnAfterSuccess();
    void aCanaryStopsWhenTheSameFailureReturns_data();
    void aCanaryStopsWhenTheSameFailureReturns();
    void aCanaryWaitsForWhatIsTriedAgain();
    void aCanaryStopsWhenSomethingOfLongAgoFails();
    void whatWasReplayedAndDeliveredIsNotReplayedAgain();

private:
    [[nodiscard]] MessageId deadWith(int status, const QString& error,
                                     const QString& destination = QStringLiteral("orders"));
    /// Works off what can be done now; gives how many items.
    int work();
    /// What the operation has scheduled and is not over.
    [[nodiscard]] std::vector<MessageId> waiting();
    void end(const MessageId& id, MessageState state, int status, const QString& error);
    void endAll(std::vector<MessageId> ids, MessageState state);

    std::unique_ptr<OperationFixture> m_fixture;
};

void ReplayTest::init()
{
    m_fixture = std::make_unique<OperationFixture>();
    QVERIFY(
        store::putDestination(m_fixture->connection, destinationAt(QStringLiteral("http://127.0.0.1:9/other"),
                                                                   QStringLiteral("other"))));
}

void ReplayTest::end(const MessageId& id, MessageState state, int status, const QString& error)
{
    QCOMPARE(m_fixture->claim({id}), std::size_t(1));
    const Instant now = systemNow();
    const Attempt attempt{id, 1, m_fixture->node.id, Outcome::Failed, status, error, "", now, now, 1ms};
    QCOMPARE(store::record(m_fixture->connection, m_fixture->node, {{attempt, state, now + 1h}}).value(),
             std::size_t(1));
}

MessageId ReplayTest::deadWith(int status, const QString& error, const QString& destination)
{
    const auto id = m_fixture->schedule(messageFor(destination));
    end(id, MessageState::Dead, status, error);
    return id;
}

int ReplayTest::work()
{
    m_fixture->database.exec(QStringLiteral("UPDATE punctual.operations SET next_at = now()"));
    int items = 0;
    for (;;) {
        const auto worked = store::workOperation(m_fixture->connection, m_fixture->node.id, 1000).value();
        items += worked.items;
        if (worked.items == 0)
            return items;
    }
}

std::vector<MessageId> ReplayTest::waiting()
{
    std::vector<MessageId> ids;
    (void)m_fixture->connection.select(
        QStringLiteral(
            "SELECT id FROM punctual.messages WHERE replay_of IS NOT NULL AND state = 'scheduled'"),
        {}, [&](const QSqlQuery& row) { ids.push_back(QUuid(row.value(0).toString())); });
    return ids;
}

void ReplayTest::replaysWhatIsOver_data()
{
    QTest::addColumn<MessageState>("state");
    for (const auto state : allMessageStates)
        QTest::newRow(toText(state).data()) << state;
}

void ReplayTest::replaysWhatIsOver()
{
    QFETCH(const MessageState, state);
    const auto id = m_fixture->messageIn(state);
    const auto before = store::find(m_fixture->connection, id).value();
    const auto replayed = store::replay(m_fixture->connection, id, {});
    QVERIFY2(replayed.has_value(), replayed ? "" : qPrintable(replayed.error().detail));
    QCOMPARE(replayed->state, std::optional(state));
    QCOMPARE(replayed->replay.has_value(), isFinal(state));
    QCOMPARE(m_fixture->stateOf(id), toText(state)); // history stays
    const auto replays = store::replays(m_fixture->connection, id, 10).value();
    QCOMPARE(replays.size(), std::size_t(isFinal(state) ? 1 : 0));
    if (!isFinal(state))
        return;
    QCOMPARE(replays.front(), *replayed->replay);
    const auto message = store::find(m_fixture->connection, *replayed->replay).value();
    QCOMPARE(message->replayOf, std::optional(id));
    QCOMPARE(message->state, MessageState::Scheduled);
    QCOMPARE(message->destination, before->destination);
    QCOMPARE(message->content->body, before->content->body);
    QCOMPARE(message->attempts, 0);
    QVERIFY(message->dueAt >= before->createdAt);
    QCOMPARE(toText(message->id).at(14), u'7'); // the version
    QCOMPARE(message->expiresAfter, before->expiresAfter);
    if (!message->expiresAfter)
        QCOMPARE(m_fixture->claim({message->id}), std::size_t(1)); // now
}

void ReplayTest::changesWhatIsAskedFor()
{
    const auto id = m_fixture->messageIn(MessageState::Delivered);
    const Instant due = std::chrono::floor<std::chrono::milliseconds>(systemNow() + 1h);
    const ReplayChange change{.destination = QStringLiteral("other"),
                              .due = due,
                              .body = QByteArrayLiteral("new"),
                              .contentType = QByteArrayLiteral("text/plain"),
                              .headers = std::vector<Header>{{"X-Again", "yes"}}};
    const auto replayed = store::replay(m_fixture->connection, id, change).value();
    const auto message = store::find(m_fixture->connection, *replayed.replay).value();
    QCOMPARE(message->destination, QStringLiteral("other"));
    QCOMPARE(message->dueAt, due);
    QCOMPARE(message->content->body, QByteArrayLiteral("new"));
    QCOMPARE(message->content->type, QByteArrayLiteral("text/plain"));
    QCOMPARE(message->content->headers.size(), std::size_t(1));
    QCOMPARE(message->content->headers[0].value, QByteArrayLiteral("yes"));
    // A body may be changed to nothing.
    const auto empty = store::replay(m_fixture->connection, id, {.body = QByteArray()}).value();
    QCOMPARE(store::find(m_fixture->connection, *empty.replay).value()->bodySize, qint64(0));
}

void ReplayTest::refusesWhatCannotBe()
{
    const auto id = m_fixture->messageIn(MessageState::Dead);
    const auto nobody = store::replay(m_fixture->connection, makeUuidV7(systemNow()), {}).value();
    QVERIFY(!nobody.state && !nobody.replay);
    const auto refused = [&](const ReplayChange& change) {
        const auto replayed = store::replay(m_fixture->connection, id, change);
        return replayed ? QString() : replayed.error().fields.at(0).pointer.section(u'/', 3);
    };
    QCOMPARE(refused({.destination = QStringLiteral("nowhere")}), QStringLiteral("destination"));
    QCOMPARE(refused({.due = systemNow() - 2min}), QStringLiteral("due_at"));
    QCOMPARE(refused({.body = QByteArray(262145, 'x')}), QStringLiteral("body"));
    QCOMPARE(refused({.headers = std::vector<Header>{{"Host", "other"}}}), QStringLiteral("headers"));
}

void ReplayTest::spreadsDueTimes()
{
    for (int i = 0; i < 4; ++i)
        (void)m_fixture->messageIn(MessageState::Dead);
    const Instant first = std::chrono::floor<std::chrono::milliseconds>(systemNow() + 1h);
    (void)m_fixture->start({.action = OperationAction::Replay, .all = true, .dueAt = first, .spread = 40s});
    QCOMPARE(work(), 4);
    QCOMPARE(m_fixture->database
                 .value(QStringLiteral(
                            "SELECT string_agg(extract(epoch FROM due_at - punctual.instant(%1))::integer"
                            "::text, ' ' ORDER BY due_at) FROM punctual.messages "
                            "WHERE replay_of IS NOT NULL")
                            .arg(toMicroseconds(first)))
                 .toString(),
             QStringLiteral("0 10 20 30"));
}

void ReplayTest::goesToAnotherDestination()
{
    (void)m_fixture->messageIn(MessageState::Expired);
    (void)m_fixture->start({.action = OperationAction::Replay,
                            .filter = {.states = {MessageState::Expired}},
                            .destination = QStringLiteral("other")});
    QCOMPARE(work(), 1);
    const auto ids = waiting();
    QCOMPARE(ids.size(), std::size_t(1));
    QCOMPARE(store::find(m_fixture->connection, ids[0]).value()->destination, QStringLiteral("other"));
}

void ReplayTest::saysThatADestinationIsGone()
{
    (void)deadWith(404, {}, QStringLiteral("other"));
    QVERIFY(store::removeDestination(m_fixture->connection, QStringLiteral("other")).has_value());
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true});
    QCOMPARE(work(), 1);
    QCOMPARE(m_fixture->operation(id).verdicts.value(QStringLiteral("destination_gone")), 1);
    QVERIFY(waiting().empty());
}

void ReplayTest::groupsWhatFailedAlike_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("alike");
    const auto row = [](const char* sentence, const char* one, const char* other, bool alike) {
        QTest::newRow(sentence) << QString::fromLatin1(one) << QString::fromLatin1(other) << alike;
    };
    row("another number", "timed out after 1001 ms", "timed out after 30 ms", true);
    row("another port", "connect to 127.0.0.1 port 9 failed", "connect to 10.1.2.3 port 8080 failed", true);
    row("another address", "no route to 10.1.2.3:80 now", "no route to 192.168.0.1:8080 now", true);
    row("another IPv6 address", "no route to [::1]:80", "no route to [2001:db8::7]:8080", true);
    row("another UUID", "order 01890a5d-ac96-774b-bcce-b302099a8057 is closed",
        "order 7c9e6679-7425-40de-944b-e07fc1f90ae7 is closed", true);
    row("another id", "request req_4fA81bc02 failed", "request req_99b0e1f7a failed", true);
    row("another error", "timed out after 30 ms", "connection refused", false);
    row("another word", "customer is blocked", "customer is unknown", false);
}

void ReplayTest::groupsWhatFailedAlike()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QFETCH(const bool, alike);
    (void)deadWith(500, one);
    (void)deadWith(500, other);
    const auto page = store::deadLetters(m_fixture->connection, {}, std::nullopt, 10).value();
    QCOMPARE(page.items.size(), std::size_t(alike ? 1 : 2));
}

void ReplayTest::listsGroupsOfDeadLetters()
{
    (void)deadWith(404, {});
    (void)deadWith(404, {});
    (void)deadWith(404, {}, QStringLiteral("other"));
    const auto last = deadWith(0, QStringLiteral("connection refused"));
    const auto unknown = m_fixture->messageIn(MessageState::Unknown);
    QVERIFY(store::resolve(m_fixture->connection, unknown, MessageState::Dead).has_value());
    (void)m_fixture->messageIn(MessageState::Delivered);
    const auto all = store::deadLetters(m_fixture->connection, {}, std::nullopt, 10).value();
    QCOMPARE(all.items.size(), std::size_t(4));
    QVERIFY(!all.next);
    QCOMPARE(all.items[1].message, last);
    QCOMPARE(all.items[1].error, QStringLiteral("connection refused"));
    QCOMPARE(all.items[1].status, 0);
    QCOMPARE(all.items[2].destination, QStringLiteral("other"));
    QCOMPARE(all.items[3].count, 2);
    std::vector<qint64> hours(24);
    hours.back() = 2; // in the present one
    QCOMPARE(all.items[3].hours, hours);
    QCOMPARE(all.items[3].status, 404);
    QVERIFY(all.items[3].firstAt < all.items[3].lastAt);
    const auto page = store::deadLetters(m_fixture->connection, {}, std::nullopt, 3).value();
    QVERIFY(page.next.has_value());
    const auto rest = store::deadLetters(m_fixture->connection, {}, page.next, 3).value();
    QCOMPARE(rest.items.size(), std::size_t(1));
    QCOMPARE(rest.items[0].fingerprint, all.items[3].fingerprint);
    const auto other =
        store::deadLetters(m_fixture->connection, QStringLiteral("other"), std::nullopt, 10).value();
    QCOMPARE(other.items.size(), std::size_t(1));
}

void ReplayTest::filtersByFingerprint()
{
    const auto id = deadWith(404, {});
    (void)deadWith(500, {});
    const auto groups = store::deadLetters(m_fixture->connection, {}, std::nullopt, 10).value();
    QCOMPARE(groups.items[1].status, 404);
    const MessageFilter filter{.fingerprint = groups.items[1].fingerprint};
    const auto listed = store::list(m_fixture->connection, filter, std::nullopt, 10).value();
    QCOMPARE(listed.items.size(), std::size_t(1));
    QCOMPARE(listed.items[0].id, id);
    const auto operation = m_fixture->start({.action = OperationAction::Replay, .filter = filter});
    QCOMPARE(m_fixture->operation(operation).total, 1);
}

void ReplayTest::aCanaryGoesOnAfterSuccess()
{
    for (int i = 0; i < 14; ++i)
        (void)deadWith(500, {});
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true, .canary = true});
    for (const int stage : {1, 10, 3}) {
        QCOMPARE(work(), stage);
        if (stage != 3)
            QCOMPARE(work(), 0); // until these have ended
        const auto ids = waiting();
        QCOMPARE(ids.size(), std::size_t(stage));
        for (const auto& message : ids)
            end(message, MessageState::Delivered, 200, {});
    }
    QCOMPARE(m_fixture->operation(id).state, OperationState::Done);
}

void ReplayTest::aCanaryStopsWhenTheSameFailureReturns_data()
{
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<int>("status");
    QTest::newRow("the same failure, to be tried again") << MessageState::Retrying << 500;
    QTest::newRow("another failure, for good") << MessageState::Dead << 400;
    QTest::newRow("no answer") << MessageState::Unknown << 0;
}

void ReplayTest::aCanaryStopsWhenTheSameFailureReturns()
{
    QFETCH(const MessageState, state);
    QFETCH(const int, status);
    for (int i = 0; i < 14; ++i)
        (void)deadWith(500, QStringLiteral("order %1").arg(i));
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true, .canary = true});
    QCOMPARE(work(), 1);
    end(waiting().front(), MessageState::Delivered, 200, {});
    QCOMPARE(work(), 10);
    auto ids = waiting();
    const auto bad = ids.back();
    ids.pop_back();
    for (const auto& message : ids)
        end(message, MessageState::Delivered, 200, {});
    end(bad, state, status, status != 0 ? QStringLiteral("order 99") : QStringLiteral("timed out"));
    QCOMPARE(work(), 0);
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.state, OperationState::Stopped);
    QCOMPARE(operation.done, 11);
    QVERIFY(operation.stoppedBecause.contains(toText(bad)));
}

void ReplayTest::aCanaryWaitsForWhatIsTriedAgain()
{
    for (int i = 0; i < 3; ++i)
        (void)deadWith(500, {});
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true, .canary = true});
    QCOMPARE(work(), 1);
    const auto first = waiting().front();
    end(first, MessageState::Retrying, 429, {}); // another failure
    QCOMPARE(work(), 0);
    QCOMPARE(m_fixture->operation(id).state, OperationState::Running);
    QVERIFY(store::cancel(m_fixture->connection, first)); // it comes to nothing
    QCOMPARE(work(), 0);
    QCOMPARE(m_fixture->operation(id).state, OperationState::Stopped);
}

void ReplayTest::endAll(std::vector<MessageId> ids, MessageState state)
{
    const Instant now = systemNow();
    while (!ids.empty()) {
        const auto some = std::min(ids.size(), std::size_t(500));
        const std::vector<MessageId> next(ids.end() - static_cast<std::ptrdiff_t>(some), ids.end());
        ids.resize(ids.size() - some);
        QCOMPARE(m_fixture->claim(next), some);
        std::vector<store::AttemptRecord> outcomes;
        for (const auto& id : next)
            outcomes.push_back(
                {{id, 1, m_fixture->node.id, Outcome::Failed, 500, {}, "", now, now, 1ms}, state, now});
        QCOMPARE(store::record(m_fixture->connection, m_fixture->node, outcomes).value(), some);
    }
}

void ReplayTest::aCanaryStopsWhenSomethingOfLongAgoFails()
{
    endAll(m_fixture->scheduleMany(1300, 0us), MessageState::Dead);
    const auto id = m_fixture->start({.action = OperationAction::Replay, .all = true, .canary = true});
    for (const int stage : {1, 10}) {
        QCOMPARE(work(), stage);
        endAll(waiting(), MessageState::Delivered);
    }
    QCOMPARE(work(), 500); // of the rest
    QCOMPARE(work(), 0);   // as many as may be under way
    auto ids = waiting();
    const auto slow = ids.back();
    ids.pop_back();
    endAll(ids, MessageState::Delivered);
    QCOMPARE(work(), 499); // the slow one is still under way
    ids = waiting();
    ids.erase(std::remove(ids.begin(), ids.end(), slow), ids.end());
    endAll(ids, MessageState::Delivered);
    end(slow, MessageState::Retrying, 500, {}); // like its original
    QCOMPARE(work(), 0);
    const auto operation = m_fixture->operation(id);
    QCOMPARE(operation.state, OperationState::Stopped);
    QCOMPARE(operation.done, 1010);
    QVERIFY(operation.stoppedBecause.contains(toText(slow)));
}

void ReplayTest::whatWasReplayedAndDeliveredIsNotReplayedAgain()
{
    for (int i = 0; i < 2; ++i)
        (void)deadWith(500, {});
    (void)m_fixture->start({.action = OperationAction::Replay, .all = true});
    QCOMPARE(work(), 2);
    const auto replays = waiting();
    end(replays[0], MessageState::Delivered, 200, {});
    QVERIFY(store::cancel(m_fixture->connection, replays[1]));
    const auto again = m_fixture->start({.action = OperationAction::Replay, .all = true});
    QCOMPARE(m_fixture->operation(again).total, 1);
}

PUNCTUAL_TEST(ReplayTest)
#include "replay_test.moc"
