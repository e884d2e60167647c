// SPDX-License-Identifier: GPL-3.0-or-later
// Moving a waiting message to another due time: what moves with it, what is refused, and who wins against a
// claim.
#include "store/notification_listener.h"
#include "store_fixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <thread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class RescheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesTheDueTimeAndItsLimit();
    void aDueTimeOfTheLastMinuteMeansNow();
    void refusesAWrongDueTime_data();
    void refusesAWrongDueTime();
    void leavesAnAuditRow();
    void theMovedOneIsNotClaimedEarly();
    void theNodesHearOfAnEarlierTime();
    void oneOfClaimAndRescheduleWins();

private:
    [[nodiscard]] Rescheduled reschedule(const MessageId& id, Instant dueAt)
    {
        return store::reschedule(m_fixture.connection, id, dueAt).value();
    }
    [[nodiscard]] Message find(const MessageId& id)
    {
        return store::find(m_fixture.connection, id).value().value();
    }

    StoreFixture m_fixture;
};

void RescheduleTest::movesTheDueTimeAndItsLimit()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.expiresAfter = 10min;
    m_fixture.schedule(message);
    const Instant due = systemNow() + 48h + 1us;
    QVERIFY(reschedule(message.id, due).moved);
    const Message moved = find(message.id);
    QCOMPARE(moved.dueAt, due);
    QCOMPARE(moved.nextAttemptAt, std::optional(due));
    const auto expiresAt =
        m_fixture.database
            .value(QStringLiteral("SELECT punctual.micros(expires_at) FROM punctual.messages WHERE id = '%1'")
                       .arg(toText(message.id)))
            .toLongLong();
    QCOMPARE(expiresAt, toMicroseconds(due + 10min));
}

void RescheduleTest::aDueTimeOfTheLastMinuteMeansNow()
{
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    const Instant before = systemNow();
    QVERIFY(reschedule(id, before - 50s).moved);
    QVERIFY(find(id).dueAt >= before);
    QCOMPARE(m_fixture.claim({id}), std::size_t(1));
}

void RescheduleTest::refusesAWrongDueTime_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("more than a minute ago") << qint64(-61);
    QTest::newRow("more than a year ahead") << qint64(367 * 24 * 3600);
}

void RescheduleTest::refusesAWrongDueTime()
{
    QFETCH(const qint64, seconds);
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    const Instant due = find(id).dueAt;
    const auto refused =
        store::reschedule(m_fixture.connection, id, systemNow() + std::chrono::seconds(seconds));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().fields.size(), std::size_t(1));
    QVERIFY(refused.error().fields[0].pointer.endsWith(QStringLiteral("/due_at")));
    QCOMPARE(find(id).dueAt, due);
}

void RescheduleTest::leavesAnAuditRow()
{
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    const Instant due = find(id).dueAt;
    QVERIFY(reschedule(id, due + 1s).moved);
    (void)store::cancel(m_fixture.connection, id);
    QVERIFY(!reschedule(id, due + 2s).moved); // leaves none
    const auto seconds = m_fixture.database.value(
        QStringLiteral("SELECT string_agg(extract(epoch FROM (after->>'due_at')::timestamptz "
                       "- (before->>'due_at')::timestamptz)::integer::text, ' ') FROM punctual.audit "
                       "WHERE action = 'reschedule' AND kind = 'message' AND object = '%1'")
            .arg(toText(id)));
    QCOMPARE(seconds.toString(), QStringLiteral("1"));
}

void RescheduleTest::theMovedOneIsNotClaimedEarly()
{
    const auto id = m_fixture.scheduleNow(); // and so held by a node in memory
    QVERIFY(reschedule(id, systemNow() + 1h).moved);
    QCOMPARE(m_fixture.claim({id}, 25ms), std::size_t(0));
    QVERIFY(reschedule(id, systemNow()).moved);
    QCOMPARE(m_fixture.claim({id}), std::size_t(1));
}

void RescheduleTest::theNodesHearOfAnEarlierTime()
{
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    store::Loop home;
    QStringList heard;
    store::NotificationListener listener(
        m_fixture.database.address(), {QLatin1StringView("punctual_due")}, home, this,
        [&](const QString&, const QString& payload) { heard.append(payload); });
    QTRY_VERIFY(!heard.isEmpty()); // it says that it listens
    heard.clear();
    const auto told = [&](const QString& payload) { return heard.contains(payload); };
    QVERIFY(reschedule(id, systemNow() + 2h).moved); // of no interest yet
    QVERIFY(reschedule(id, systemNow()).moved);
    const Message message = find(id);
    const QString expected = QStringLiteral("%1 %2 normal %3 orders")
                                 .arg(m_fixture.database
                                          .value(QStringLiteral("SELECT shard FROM punctual.messages "
                                                                "WHERE id = '%1'")
                                                     .arg(toText(id)))
                                          .toString())
                                 .arg(toMicroseconds(message.dueAt))
                                 .arg(toText(id));
    QTRY_VERIFY(told(expected));
    QCOMPARE(store::readDueSoon(expected).size(), std::size_t(1));
    QVERIFY(!told(QString())); // two hours ahead is nothing to wake anybody for
}

// Two connections go for the same messages, one to send them and one to move them: each is claimed or moved,
// never both and never neither, and the loser is told.
void RescheduleTest::oneOfClaimAndRescheduleWins()
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 500; ++i)
        messages.push_back(messageFor(QStringLiteral("orders")));
    QVERIFY(store::schedule(m_fixture.connection, messages, std::nullopt));
    const Instant later = systemNow() + 1h;
    QSet<MessageId> moved;
    bool sensible = true;
    std::thread mover([&] {
        store::Connection connection(m_fixture.database.address(), QStringLiteral("mover"));
        for (const auto& message : messages) {
            const auto answer = store::reschedule(connection, message.id, later).value();
            sensible = sensible &&
                       answer.state == (answer.moved ? MessageState::Scheduled : MessageState::Delivering);
            if (answer.moved)
                moved.insert(message.id);
        }
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
    mover.join();
    QVERIFY(sensible);
    QVERIFY((claimed & moved).isEmpty());
    // What a claim passed over because the other side held it just then is moved by now.
    QCOMPARE(claimed.size() + moved.size(), 500);
    for (const auto& message : messages)
        QCOMPARE(m_fixture.stateOf(message.id),
                 claimed.contains(message.id) ? QStringLiteral("delivering") : QStringLiteral("scheduled"));
}

PUNCTUAL_TEST(RescheduleTest)
#include "reschedule_test.moc"
