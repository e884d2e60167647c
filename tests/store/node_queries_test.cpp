// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes ask: shards and epochs, reading ahead, claims and their races, records.
#include "store_fixture.h"

#include <QSet>

#include <thread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class NodeQueriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneNodeOwnsAllShards();
    void twoNodesShareTheShards();
    void aNodeThatLeavesHandsOverAndFinishes();
    void theShardsOfADeadNodeAreTakenOver();
    void aNodeWhoseLeaseRanOutClaimsNothing();
    void aLeaseThatRanOutIsNotRevived();
    void anOldEpochClaimsNothing();
    void readsAheadByLane();
    void claimsWhatIsDueAndNothingElse();
    void claimsNothingOfAPausedDestination();
    void claimGivesTheContent();
    void oneOfClaimAndCancelWins();
    void recordsOnlyItsOwnClaims();
    void aClaimIsAHeapOnlyUpdate();
    void listsWhatWasMissed();
    void finishedMessagesMoveToTheirDay();
    void hotStatementsReachRowsByTheirIds();
    void aCancelledMessageOfARemovedDestinationStaysCancelled();

private:
    StoreFixture m_fixture;
};

void NodeQueriesTest::oneNodeOwnsAllShards()
{
    const auto kept = store::keepShards(m_fixture.connection, m_fixture.node, 1h).value();
    QCOMPARE(kept.shards.size(), std::size_t(64));
    const Instant databaseTime = store::databaseTime(m_fixture.connection).value();
    QVERIFY(databaseTime <= systemNow() + 1ms);
}

void NodeQueriesTest::twoNodesShareTheShards()
{
    StoreFixture fixture;
    const auto second = fixture.join();
    const auto first = store::keepShards(fixture.connection, fixture.node, 1h).value();
    const auto other = store::keepShards(fixture.connection, second, 1h).value();
    QCOMPARE(first.shards.size(), std::size_t(32));
    QCOMPARE(other.shards.size(), std::size_t(32));
    QSet<int> all(first.shards.begin(), first.shards.end());
    all += QSet<int>(other.shards.begin(), other.shards.end());
    QCOMPARE(all.size(), 64);
    QVERIFY(store::leaveNode(fixture.connection, second));
    QCOMPARE(store::keepShards(fixture.connection, fixture.node, 1h).value().shards.size(), std::size_t(64));
}

void NodeQueriesTest::aNodeThatLeavesHandsOverAndFinishes()
{
    StoreFixture fixture;
    const auto id = fixture.messageIn(MessageState::Delivering);
    const auto leaving = store::keepShards(fixture.connection, fixture.node, 1h, {}, true).value();
    QVERIFY(!leaving.leaseLost);
    QVERIFY(leaving.shards.empty());
    const auto other = fixture.join();
    QCOMPARE(store::keepShards(fixture.connection, other, 1h).value().shards.size(), std::size_t(64));
    QVERIFY(!store::keepShards(fixture.connection, fixture.node, 1h, {}, true).value().leaseLost);
    QCOMPARE(store::rescue(fixture.connection, other, {}, true, 10).value().messages, 0);
    QCOMPARE(fixture.record(id, MessageState::Delivered), std::size_t(1));
}

void NodeQueriesTest::theShardsOfADeadNodeAreTakenOver()
{
    StoreFixture fixture;
    fixture.database.exec(QStringLiteral("UPDATE punctual.nodes SET lease_until = now() - interval '1 ms'"));
    const auto successor = fixture.join();
    QCOMPARE(store::keepShards(fixture.connection, successor, 1h).value().shards.size(), std::size_t(64));
}

void NodeQueriesTest::aNodeWhoseLeaseRanOutClaimsNothing()
{
    StoreFixture fixture;
    const auto id = fixture.scheduleNow();
    fixture.database.exec(QStringLiteral("UPDATE punctual.nodes SET lease_until = now() - interval '1 ms'"));
    QCOMPARE(fixture.claim({id}), std::size_t(0));
    QVERIFY(store::keepShards(fixture.connection, fixture.node, 1h).value().leaseLost);
    QCOMPARE(fixture.stateOf(id), QStringLiteral("scheduled"));
}

// Not even a node whose shards others have taken: they may have taken what it claimed as well.
void NodeQueriesTest::aLeaseThatRanOutIsNotRevived()
{
    StoreFixture fixture;
    fixture.database.exec(QStringLiteral("UPDATE punctual.nodes SET lease_until = now() - interval '1 ms'"));
    const auto other = fixture.join();
    QCOMPARE(store::keepShards(fixture.connection, other, 1h).value().shards.size(), std::size_t(64));
    QVERIFY(store::keepShards(fixture.connection, fixture.node, 1h).value().leaseLost);
    QVERIFY(store::keepShards(fixture.connection, fixture.node, 1h, {}, true).value().leaseLost);
}

void NodeQueriesTest::anOldEpochClaimsNothing()
{
    StoreFixture fixture;
    const auto id = fixture.scheduleNow();
    const auto again = store::joinNode(fixture.connection, fixture.node.id, QStringLiteral("again")).value();
    QVERIFY(again.epoch > fixture.node.epoch);
    QVERIFY(store::keepShards(fixture.connection, again, 1h).value().shards.size() == 64);
    QCOMPARE(fixture.claim({id}), std::size_t(0));
    fixture.node = again;
    QCOMPARE(fixture.claim({id}), std::size_t(1));
}

void NodeQueriesTest::readsAheadByLane()
{
    StoreFixture fixture;
    const Instant now = systemNow();
    std::vector<MessageId> soon;
    for (int i = 5; i > 0; --i)
        soon.insert(soon.begin(),
                    fixture.schedule(messageFor(QStringLiteral("orders"), now + std::chrono::seconds(i))));
    fixture.schedule(messageFor(QStringLiteral("orders"), now + 1h));
    auto low = messageFor(QStringLiteral("orders"), now + 1s);
    low.priority = Priority::Low;
    fixture.schedule(low);
    const std::vector<store::LaneRoom> rooms{{QStringLiteral("echo"), Priority::Normal, 10},
                                             {QStringLiteral("orders"), Priority::Low, 10},
                                             {QStringLiteral("orders"), Priority::Normal, 3}};
    const auto waiting = store::readAhead(fixture.connection, fixture.node, now + 10s, rooms).value();
    QCOMPARE(waiting.size(), std::size_t(4));
    QCOMPARE(waiting[0].lane, std::size_t(1));
    QCOMPARE(waiting[0].id, low.id);
    for (std::size_t i = 0; i < 3; ++i) { // the soonest three, in order
        QCOMPARE(waiting[i + 1].lane, std::size_t(2));
        QCOMPARE(waiting[i + 1].id, soon[i]);
        QCOMPARE(waiting[i + 1].nextAttemptAt, now + std::chrono::seconds(i + 1));
    }
}

void NodeQueriesTest::claimsWhatIsDueAndNothingElse()
{
    const auto due = m_fixture.scheduleNow();
    const auto soon = m_fixture.schedule(messageFor(QStringLiteral("orders"), 20s));
    const auto later = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    const auto cancelled = m_fixture.messageIn(MessageState::Cancelled);
    const auto stranger = makeUuidV7(systemNow());
    QCOMPARE(m_fixture.claim({due, due, later, soon, cancelled, stranger}), std::size_t(1));
    QCOMPARE(m_fixture.stateOf(due), QStringLiteral("delivering"));
    QCOMPARE(m_fixture.claim({due}), std::size_t(0));
    QCOMPARE(m_fixture.claim({soon, later}, 30s), std::size_t(1)); // ahead of its time, by as much as allowed
    QCOMPARE(m_fixture.stateOf(later), QStringLiteral("scheduled"));
}

void NodeQueriesTest::claimsNothingOfAPausedDestination()
{
    StoreFixture fixture;
    const auto id = fixture.scheduleNow();
    QVERIFY(store::pauseDestination(fixture.connection, QStringLiteral("orders"), std::nullopt));
    QCOMPARE(fixture.claim({id}), std::size_t(0));
    QVERIFY(store::resumeDestination(fixture.connection, QStringLiteral("orders")));
    QCOMPARE(fixture.claim({id}), std::size_t(1));
}

void NodeQueriesTest::claimGivesTheContent()
{
    auto message = messageFor(QStringLiteral("orders"));
    message.content = {QByteArray("\0\xFF\\\"", 4), "a/b", {{"X-One", "1"}}};
    message.maxAttempts = 3;
    m_fixture.schedule(message);
    const auto claims = store::claim(m_fixture.connection, m_fixture.node, {message.id}, {}).value();
    QCOMPARE(claims.size(), std::size_t(1));
    QCOMPARE(claims[0].content.body, message.content.body);
    QCOMPARE(claims[0].content.type, message.content.type);
    QVERIFY(claims[0].content.headers == message.content.headers);
    QCOMPARE(claims[0].attempt, 1);
    QCOMPARE(claims[0].maxAttempts, 3);
    QCOMPARE(claims[0].plannedAt, claims[0].dueAt);
}

// Two connections go for the same messages, one to send and one to cancel them: each message is claimed or
// cancelled, never both and never neither, and the loser is told.
void NodeQueriesTest::oneOfClaimAndCancelWins()
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 500; ++i)
        messages.push_back(messageFor(QStringLiteral("orders")));
    QVERIFY(store::schedule(m_fixture.connection, messages, std::nullopt));
    QSet<MessageId> cancelled;
    std::thread canceller([&] {
        store::Connection connection(m_fixture.database.address(), QStringLiteral("canceller"));
        for (const auto& message : messages)
            if (store::cancel(connection, message.id).value() == MessageState::Cancelled)
                cancelled.insert(message.id);
    });
    QSet<MessageId> claimed;
    for (auto first = messages.rbegin(); first != messages.rend(); first += 20) {
        std::vector<MessageId> ids;
        for (auto message = first; message != first + 20; ++message)
            ids.push_back(message->id);
        const auto claims = store::claim(m_fixture.connection, m_fixture.node, ids, {});
        QVERIFY2(claims.has_value(), claims ? "" : qPrintable(claims.error().detail));
        for (const auto& claim : *claims)
            claimed.insert(claim.id);
    }
    canceller.join();
    QVERIFY((claimed & cancelled).isEmpty());
    for (const auto& message : messages) {
        const QString expected = claimed.contains(message.id)     ? QStringLiteral("delivering")
                                 : cancelled.contains(message.id) ? QStringLiteral("cancelled")
                                                                  : QStringLiteral("scheduled");
        QCOMPARE(m_fixture.stateOf(message.id), expected);
    }
    // What a claim passed over because the other side held it just then is cancelled by now.
    QCOMPARE(claimed.size() + cancelled.size(), 500);
}

void NodeQueriesTest::recordsOnlyItsOwnClaims()
{
    const auto id = m_fixture.messageIn(MessageState::Delivering);
    auto other = m_fixture.node;
    other.id = makeUuidV7(systemNow());
    const Instant now = systemNow();
    const Attempt attempt{id, 1, other.id, Outcome::Delivered, 200, {}, {}, now, now, {}};
    QCOMPARE(store::record(m_fixture.connection, other, {{attempt, MessageState::Delivered, now}}).value(),
             std::size_t(0));
    QCOMPARE(m_fixture.record(id, MessageState::Delivered, 2), std::size_t(0)); // another attempt's number
    QCOMPARE(m_fixture.record(id, MessageState::Delivered, 1), std::size_t(1));
    QCOMPARE(m_fixture.record(id, MessageState::Dead, 1), std::size_t(0)); // it is over
    const auto attempts = store::attempts(m_fixture.connection, id).value();
    QCOMPARE(attempts.size(), std::size_t(1));
    QCOMPARE(attempts[0].outcome, Outcome::Delivered);
    QCOMPARE(attempts[0].response, QByteArray("ok"));
    QCOMPARE(attempts[0].lateness, Duration(1ms));
}

void NodeQueriesTest::listsWhatWasMissed()
{
    StoreFixture fixture;
    fixture.messageIn(MessageState::Delivered); // a millisecond late
    fixture.messageIn(MessageState::Expired);   // a second late
    QVERIFY(store::missed(fixture.connection, 24h, 10).value().empty());
    const auto late = fixture.messageIn(MessageState::Delivering);
    const Instant now = systemNow();
    const Attempt attempt{late, 1, fixture.node.id, Outcome::Delivered, 200, {}, {}, now, now, 8h};
    QVERIFY(store::record(fixture.connection, fixture.node, {{attempt, MessageState::Delivered, now}}));
    const auto expired = fixture.messageIn(MessageState::Expired);
    fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '1 hour' "
                                         "WHERE id = '%1'")
                              .arg(toText(expired)));
    const auto missed = store::missed(fixture.connection, 24h, 10).value();
    QCOMPARE(missed.size(), std::size_t(2));
    QCOMPARE(missed[0].id, expired);
    QVERIFY(!missed[0].sentAt);
    QVERIFY((missed[1] == MissedMessage{late, QStringLiteral("orders"), now - 8h, now}));
}

// The indexes of the waiting messages do not grow with the claims.
void NodeQueriesTest::aClaimIsAHeapOnlyUpdate()
{
    StoreFixture fixture;
    std::vector<MessageId> ids;
    // As they come: one after the other, page after page.
    std::vector<NewMessage> messages;
    for (int i = 0; i < 500; ++i) {
        messages.push_back(messageFor(QStringLiteral("orders")));
        messages.back().content.body = QByteArray(200, 'x');
        ids.push_back(messages.back().id);
    }
    QVERIFY(store::schedule(fixture.connection, messages, std::nullopt));
    QCOMPARE(fixture.claim(ids), std::size_t(500));
    (void)fixture.connection.run(QStringLiteral("SELECT pg_stat_force_next_flush()"));
    (void)fixture.connection.run(QStringLiteral("SELECT 1"));
    const auto count = [&](const char* column) {
        return fixture.database
            .value(QStringLiteral("SELECT %1 FROM pg_stat_user_tables WHERE relname = 'messages_live'")
                       .arg(QLatin1StringView(column)))
            .toInt();
    };
    QCOMPARE(count("n_tup_upd"), 500);
    QCOMPARE(count("n_tup_hot_upd"), 500);
}

void NodeQueriesTest::finishedMessagesMoveToTheirDay()
{
    const auto id = m_fixture.messageIn(MessageState::Delivered);
    const auto partition =
        m_fixture.database
            .value(QStringLiteral("SELECT tableoid::regclass FROM punctual.messages WHERE id = '%1'")
                       .arg(toText(id)))
            .toString();
    const auto today =
        m_fixture.database.value(QStringLiteral("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')"))
            .toString();
    QCOMPARE(partition, QStringLiteral("punctual.messages_") + today);
}

// Statistics say that the table is empty while it is full, as they do right after a bulk load. Whatever the
// planner makes of that, a batch must not walk through an index.
void NodeQueriesTest::hotStatementsReachRowsByTheirIds()
{
    StoreFixture fixture;
    fixture.database.exec(
        QStringLiteral("ALTER TABLE punctual.messages_live SET (autovacuum_enabled = false)"));
    // Of all that statistics can say, "pages, but no rows" misleads most: every scan seems to cost nothing.
    fixture.database.exec(QStringLiteral("UPDATE pg_class SET reltuples = 0, relpages = 10 "
                                         "WHERE relname LIKE 'messages_live%'"));
    std::vector<MessageId> ids;
    for (int batch = 0; batch < 5; ++batch) {
        std::vector<NewMessage> messages;
        for (int i = 0; i < 1000; ++i) {
            messages.push_back(messageFor(QStringLiteral("orders")));
            ids.push_back(messages.back().id);
        }
        QVERIFY(store::schedule(fixture.connection, messages, std::nullopt));
    }
    const auto count = [&](const char* what) {
        (void)fixture.connection.run(QStringLiteral("SELECT pg_stat_force_next_flush()"));
        (void)fixture.connection.run(QStringLiteral("SELECT 1"));
        return fixture.database
            .value(QStringLiteral("SELECT sum(%1) FROM pg_stat_user_indexes WHERE relname = 'messages_live'")
                       .arg(QLatin1StringView(what)))
            .toInt();
    };
    const auto otherScans = "idx_scan) FILTER (WHERE indexrelname <> 'messages_live_pkey'";
    const int scansBefore = count(otherScans);
    const int rowsBefore = count("idx_tup_read");
    const Instant now = systemNow();
    for (std::size_t first = 0; first < ids.size(); first += 500) {
        const std::vector<MessageId> batch(ids.begin() + static_cast<std::ptrdiff_t>(first),
                                           ids.begin() + static_cast<std::ptrdiff_t>(first + 500));
        QCOMPARE(fixture.claim(batch), std::size_t(500));
        std::vector<store::AttemptRecord> records;
        for (const auto& id : batch)
            records.push_back({{id, 1, fixture.node.id, Outcome::Delivered, 200, {}, {}, now, now, {}},
                               MessageState::Delivered,
                               now});
        // The first half gets lost and is rescued, the other is recorded.
        if (first >= ids.size() / 2)
            QCOMPARE(store::record(fixture.connection, fixture.node, records).value(), std::size_t(500));
    }
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 2500);
    QCOMPARE(count(otherScans), scansBefore);
    const int looked = count("idx_tup_read") - rowsBefore;
    QVERIFY2(looked < 10 * static_cast<int>(ids.size()), qPrintable(QString::number(looked)));
}

void NodeQueriesTest::aCancelledMessageOfARemovedDestinationStaysCancelled()
{
    StoreFixture fixture;
    const auto id = fixture.messageIn(MessageState::Cancelled);
    QVERIFY(store::removeDestination(fixture.connection, QStringLiteral("orders")));
    QCOMPARE(store::restore(fixture.connection, id).value(), std::optional(MessageState::Cancelled));
}

PUNCTUAL_TEST(NodeQueriesTest)
#include "node_queries_test.moc"
