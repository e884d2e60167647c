// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of one key to one destination go in due order, one at a time: claim() keeps to it, and what stood
// behind another one is let go when that is over.
#include "store/lane_queries.h"
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class OrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheFirstOfAKeyIsClaimed();
    void theNextGoesWhenTheFirstIsOver_data();
    void theNextGoesWhenTheFirstIsOver();
    void aFailingHeadBlocks();
    void aHeadIsSkippedAfterItsAttempts();
    void aDeadHeadParksItsKey();
    void aDeadHeadOfADeadNodeParksItsKeyToo();
    void cancellingTheHeadLetsTheNextGo();
    void anExpiredHeadLetsTheNextGo();
    void whatIsLeftBehindIsFoundLater();
    void otherKeysAndDestinationsAreNotHeldUp();
    void blockedKeysAreListedWithTheirHead();
    void manyKeysAreListedPageByPage();

private:
    void orderedBy(const KeyOrder& order);
    std::vector<MessageId> schedule(int count, const QString& key = QStringLiteral("k"));
    std::size_t record(const MessageId& id, MessageState state, int number = 1,
                       const QString& key = QStringLiteral("k"));
    bool isBehind(const MessageId& id);

    StoreFixture m_fixture;
    int m_scheduled = 0;
};

void OrderTest::orderedBy(const KeyOrder& order)
{
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
    destination.order = order;
    QVERIFY(store::putDestination(m_fixture.connection, destination));
    m_fixture.database.exec(QStringLiteral("DELETE FROM punctual.messages"));
    m_fixture.database.exec(QStringLiteral("DELETE FROM punctual.parked_keys"));
    m_fixture.database.exec(QStringLiteral("DELETE FROM punctual.claims"));
}

std::vector<MessageId> OrderTest::schedule(int count, const QString& key)
{
    std::vector<MessageId> ids;
    for (int i = 0; i < count; ++i) {
        auto message = messageFor(QStringLiteral("orders"));
        message.key = key;
        message.due = systemNow() - 30s + std::chrono::milliseconds(++m_scheduled);
        ids.push_back(m_fixture.schedule(message));
        // schedule() takes a due time that is over for now: tell them apart by hand.
        m_fixture.database.exec(
            QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '1 min' + "
                           "interval '1 ms' * %1 WHERE id = '%2'")
                .arg(m_scheduled)
                .arg(toText(ids.back())));
    }
    return ids;
}

std::size_t OrderTest::record(const MessageId& id, MessageState state, int number, const QString& key)
{
    const Instant now = systemNow();
    const Outcome outcome = state == MessageState::Delivered ? Outcome::Delivered : Outcome::Failed;
    const Attempt attempt{id, number, m_fixture.node.id, outcome, 200, {}, "ok", now, now, 1ms};
    return store::record(m_fixture.connection, m_fixture.node,
                         {{attempt, state, now, QStringLiteral("orders"), key}})
        .value();
}

bool OrderTest::isBehind(const MessageId& id)
{
    return m_fixture.database
        .value(QStringLiteral("SELECT next_attempt_at = 'infinity' FROM punctual.messages WHERE id = '%1'")
                   .arg(toText(id)))
        .toBool();
}

void OrderTest::onlyTheFirstOfAKeyIsClaimed()
{
    orderedBy({});
    const auto ids = schedule(3);
    QCOMPARE(m_fixture.claim({ids[2], ids[1]}), std::size_t(0));
    QVERIFY(isBehind(ids[1]) && isBehind(ids[2]));
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(m_fixture.stateOf(ids[0]), QStringLiteral("delivering"));
}

void OrderTest::theNextGoesWhenTheFirstIsOver_data()
{
    QTest::addColumn<MessageState>("state");
    QTest::newRow("delivered") << MessageState::Delivered;
    QTest::newRow("dead") << MessageState::Dead;
}

void OrderTest::theNextGoesWhenTheFirstIsOver()
{
    QFETCH(const MessageState, state);
    orderedBy({});
    const auto ids = schedule(3);
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(record(ids[0], state), std::size_t(1));
    QVERIFY(!isBehind(ids[1]));
    QVERIFY(isBehind(ids[2]));
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(m_fixture.stateOf(ids[1]), QStringLiteral("delivering"));
}

void OrderTest::aFailingHeadBlocks()
{
    orderedBy({});
    const auto ids = schedule(2);
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(record(ids[0], MessageState::Retrying), std::size_t(1));
    QVERIFY(isBehind(ids[1]));
    QCOMPARE(m_fixture.claim(ids), std::size_t(1)); // the head again
    QCOMPARE(m_fixture.stateOf(ids[0]), QStringLiteral("delivering"));
    QCOMPARE(record(ids[0], MessageState::Unknown, 2), std::size_t(1));
    QCOMPARE(m_fixture.claim(ids), std::size_t(0)); // a person has to decide first
}

void OrderTest::aHeadIsSkippedAfterItsAttempts()
{
    orderedBy({OnHeadFailure::Skip, 2});
    const auto ids = schedule(3);
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(record(ids[0], MessageState::Retrying), std::size_t(1));
    QVERIFY(isBehind(ids[1]));
    QCOMPARE(m_fixture.claim({ids[0]}), std::size_t(1));
    QCOMPARE(record(ids[0], MessageState::Retrying, 2), std::size_t(1));
    QVERIFY(!isBehind(ids[1]));
    QVERIFY(isBehind(ids[2]));
    QCOMPARE(m_fixture.claim({ids[1], ids[0]}), std::size_t(1)); // still one at a time, in order
    QCOMPARE(m_fixture.stateOf(ids[0]), QStringLiteral("delivering"));
    QVERIFY(isBehind(ids[1]));
    QCOMPARE(record(ids[0], MessageState::Retrying, 3), std::size_t(1));
    QVERIFY(!isBehind(ids[1]));
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(1)); // the head waits for its next attempt
    QCOMPARE(m_fixture.claim({ids[0]}), std::size_t(0));
    QCOMPARE(record(ids[1], MessageState::Delivered), std::size_t(1));
    QVERIFY(!isBehind(ids[0]) && !isBehind(ids[2]));
}

void OrderTest::aDeadHeadParksItsKey()
{
    orderedBy({OnHeadFailure::Park});
    const auto ids = schedule(2);
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(record(ids[0], MessageState::Dead), std::size_t(1));
    QVERIFY(isBehind(ids[1]));
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(0));
    QCOMPARE(m_fixture.claim(schedule(1)), std::size_t(0)); // a later one as well
    QCOMPARE(store::why(m_fixture.connection, ids[1]).value().code, WhyCode::KeyParked);
    QCOMPARE(store::releaseKey(m_fixture.connection, QStringLiteral("orders"), QStringLiteral("k")).value(),
             true);
    QCOMPARE(store::releaseKey(m_fixture.connection, QStringLiteral("orders"), QStringLiteral("k")).value(),
             false);
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(1));
}

void OrderTest::aDeadHeadOfADeadNodeParksItsKeyToo()
{
    orderedBy({OnHeadFailure::Park});
    auto message = messageFor(QStringLiteral("orders"));
    message.key = QStringLiteral("k");
    message.maxAttempts = 1;
    const auto head = m_fixture.schedule(message);
    const auto next = m_fixture.schedule(message = [&] {
        auto other = message;
        other.id = makeUuidV7(systemNow());
        return other;
    }());
    QCOMPARE(m_fixture.claim({head}), std::size_t(1));
    m_fixture.passDeadlines();
    QCOMPARE(store::rescue(m_fixture.connection, m_fixture.node, {}, false, 10).value().messages, 1);
    QCOMPARE(m_fixture.stateOf(head), QStringLiteral("dead"));
    QCOMPARE(m_fixture.claim({next}), std::size_t(0));
}

void OrderTest::cancellingTheHeadLetsTheNextGo()
{
    orderedBy({});
    const auto ids = schedule(2);
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(0));
    QVERIFY(isBehind(ids[1]));
    QVERIFY(store::cancel(m_fixture.connection, ids[0]));
    QVERIFY(!isBehind(ids[1]));
}

void OrderTest::anExpiredHeadLetsTheNextGo()
{
    orderedBy({});
    const auto ids = schedule(2);
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(0));
    QVERIFY(isBehind(ids[1]));
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages SET expires_at = now() - interval '1 s' WHERE id = '%1'")
            .arg(toText(ids[0])));
    QCOMPARE(store::expire(m_fixture.connection, m_fixture.node, 10).value(), 1);
    QVERIFY(!isBehind(ids[1]));
}

// The head was moved, or ended at the very moment when the next one was put back.
void OrderTest::whatIsLeftBehindIsFoundLater()
{
    orderedBy({});
    const auto ids = schedule(2);
    QCOMPARE(m_fixture.claim({ids[1]}), std::size_t(0));
    m_fixture.database.exec(
        QStringLiteral("DELETE FROM punctual.messages WHERE id = '%1'").arg(toText(ids[0])));
    QVERIFY(isBehind(ids[1]));
    const auto place = store::advanceKeys(m_fixture.connection, {}, 10);
    QVERIFY(place && place->key.isEmpty());
    QVERIFY(!isBehind(ids[1]));
}

void OrderTest::otherKeysAndDestinationsAreNotHeldUp()
{
    orderedBy({});
    auto elsewhere = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("elsewhere"));
    QVERIFY(store::putDestination(m_fixture.connection, elsewhere));
    const auto first = schedule(1);
    QCOMPARE(m_fixture.claim(first), std::size_t(1));
    QCOMPARE(m_fixture.claim(schedule(1, QStringLiteral("other"))), std::size_t(1));
    auto message = messageFor(QStringLiteral("elsewhere"));
    message.key = QStringLiteral("k");
    QCOMPARE(m_fixture.claim({m_fixture.schedule(message)}), std::size_t(1));
    QCOMPARE(m_fixture.claim({m_fixture.scheduleNow(), m_fixture.scheduleNow()}),
             std::size_t(2)); // without a key
}

void OrderTest::blockedKeysAreListedWithTheirHead()
{
    orderedBy({});
    const auto ids = schedule(3);
    QCOMPARE(m_fixture.claim(ids), std::size_t(1));
    QCOMPARE(record(ids[0], MessageState::Retrying), std::size_t(1));
    const auto keys = store::blockedKeys(m_fixture.connection, QStringLiteral("orders"), {}, 10).value();
    QCOMPARE(keys.size(), std::size_t(1));
    QCOMPARE(keys.front().key, QStringLiteral("k"));
    QCOMPARE(keys.front().head, ids[0]);
    QCOMPARE(keys.front().headState, MessageState::Retrying);
    QCOMPARE(keys.front().waiting, qint64(2));
    QVERIFY(!keys.front().parkedAt);
    const auto why = store::why(m_fixture.connection, ids[1]).value();
    QCOMPARE(why.code, WhyCode::Behind);
    QCOMPARE(why.behind, std::optional(ids[0]));
}

void OrderTest::manyKeysAreListedPageByPage()
{
    orderedBy({});
    for (int i = 0; i < 5; ++i)
        m_fixture.claim(schedule(2, QStringLiteral("key %1").arg(i)));
    QStringList listed;
    QString after;
    do {
        const auto keys =
            store::blockedKeys(m_fixture.connection, QStringLiteral("orders"), after, 2).value();
        after.clear();
        for (const auto& key : keys)
            listed.append(key.key);
        if (keys.size() == 2)
            after = keys.back().key;
    } while (!after.isEmpty());
    QCOMPARE(listed.size(), 5);
    QCOMPARE(listed.removeDuplicates(), 0);
}

PUNCTUAL_TEST(OrderTest)
#include "order_test.moc"
