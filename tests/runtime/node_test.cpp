// SPDX-License-Identifier: GPL-3.0-or-later
// A whole node against a real database and a third party on the loopback.
#include "node_fixture.h"

#include <QSet>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class NodeTest : public QObject, private NodeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void deliversOnceAndNotBeforeDue();
    void deliversManyAtOnceEachOnce();
    void retriesAndGivesUp();
    void refusedForGoodIsDeadAtOnce();
    void aCancelledMessageIsNotSent();
    void aRescheduledMessageGoesAtItsNewTime();
    void aHigherPriorityOvertakesWhatIsDue();
    void aTooLateMessageExpires();
    void pauseHoldsAndResumeReleases();
    void keepsToTheConcurrencyOfTheDestination();
    void aHangingDestinationDoesNotHoldUpAnother();
    void echoAnswersItself();
    void stopFinishesWhatIsInFlight();
    void goesOnAfterTheDatabaseClosedItsConnections();
    void takesOverWhatADeadNodeHadClaimed();
};

void NodeTest::deliversOnceAndNotBeforeDue()
{
    std::vector<NewMessage> messages;
    for (const auto delay : {0ms, 1ms, 7ms, 40ms, 250ms, 900ms})
        for (int i = 0; i < 5; ++i)
            messages.push_back(messageFor(QStringLiteral("orders"), Duration(delay)));
    const auto ids = schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 30, 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(30));
    QSet<QByteArray> received;
    for (const auto& request : m_receiver->requests()) {
        const QByteArray id = request.header("Punctual-Message-Id");
        received.insert(id);
        QCOMPARE(request.body, messages.front().content.body);
        const auto due =
            m_database->value(QStringLiteral("SELECT punctual.micros(due_at) FROM punctual.messages "
                                             "WHERE id = '%1'")
                                  .arg(QString::fromLatin1(id)));
        QVERIFY(request.arrivedAt >= instantOf(due.toLongLong()));
    }
    QCOMPARE(received.size(), 30);
    QCOMPARE(
        m_database->value(QStringLiteral("SELECT min(lateness_us) >= 0 FROM punctual.attempts")).toBool(),
        true);
}

void NodeTest::deliversManyAtOnceEachOnce()
{
    // More than memory holds of a lane, than a claim takes and than a batch of records has.
    for (int batch = 0; batch < 6; ++batch)
        schedule(many(1000, QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 6000, 120'000);
    QCOMPARE(m_receiver->count(), std::size_t(6000));
    QSet<QByteArray> received;
    for (const auto& request : m_receiver->requests())
        received.insert(request.header("Punctual-Message-Id"));
    QCOMPARE(received.size(), 6000);
    QCOMPARE(m_database->value(QStringLiteral("SELECT count(*) FROM punctual.attempts")).toInt(), 6000);
}

void NodeTest::retriesAndGivesUp()
{
    m_receiver->replyAlways({.status = 503});
    auto destination = destinationAt(m_receiver->url());
    destination.retry.maxAttempts = 3;
    destination.retry.initialDelay = 10ms;
    put(destination);
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("dead"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(3));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_receiver->requests()[static_cast<std::size_t>(i)].header("Punctual-Attempt"),
                 QByteArray::number(i + 1));
    m_receiver->replyNext({.status = 500});
    m_receiver->replyAlways({.status = 200});
    const auto second = schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(second), QStringLiteral("delivered"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(5));
}

void NodeTest::refusedForGoodIsDeadAtOnce()
{
    m_receiver->replyAlways({.status = 404});
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("dead"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
}

void NodeTest::aCancelledMessageIsNotSent()
{
    const auto cancelled = schedule(messageFor(QStringLiteral("orders"), 1s));
    const auto witness = schedule(messageFor(QStringLiteral("orders"), Duration(1s + 1ms)));
    const auto verdict = await<CancelVerdict>(
        [&](QObject* context, auto answer) { m_client->cancel(someActor(), cancelled, context, answer); });
    QVERIFY(verdict.value().isCancelled());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(witness), QStringLiteral("delivered"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
    const auto late = await<CancelVerdict>(
        [&](QObject* context, auto answer) { m_client->cancel(someActor(), witness, context, answer); });
    QCOMPARE(toText(late.value()), QLatin1StringView("delivered"));
}

// Both are in the node's memory already when they are moved.
void NodeTest::aRescheduledMessageGoesAtItsNewTime()
{
    store::Connection connection(m_database->address(), QStringLiteral("test"));
    const auto held = [&] { return schedule(messageFor(QStringLiteral("orders"), 3s)); };
    const auto dueAt = [&](const MessageId& id) { return store::find(connection, id).value()->dueAt; };
    const auto sooner = held();
    const auto later = held();
    const Instant plan = dueAt(sooner);
    schedule(messageFor(QStringLiteral("orders"))); // the node reads ahead with it, or has done so before
    QVERIFY(m_receiver->waitFor(1));
    QVERIFY(store::reschedule(connection, sooner, plan - 2s).value().moved);
    QVERIFY(store::reschedule(connection, later, plan + 500ms).value().moved);
    QVERIFY(m_receiver->waitFor(3));
    const auto requests = m_receiver->requests();
    const auto arrivalOf = [&](const MessageId& id) {
        const QByteArray key = toText(id).toLatin1();
        return std::find_if(requests.begin(), requests.end(),
                            [&](const auto& one) { return one.header("Idempotency-Key") == key; })
            ->arrivedAt;
    };
    QVERIFY(arrivalOf(sooner) >= dueAt(sooner));
    QVERIFY(arrivalOf(sooner) < plan); // and not when the node had planned it
    QVERIFY(arrivalOf(later) >= dueAt(later));
    QCOMPARE(m_receiver->count(), std::size_t(3));
}

// All of them are due and wait in the lane behind one that takes long.
void NodeTest::aHigherPriorityOvertakesWhatIsDue()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    put(destination);
    m_receiver->replyNext({.delay = 2s});
    schedule(messageFor(QStringLiteral("orders")));
    QVERIFY(m_receiver->waitFor(1));
    const auto ids = schedule(many(20, QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivering), 1, 30'000);
    MessageChange change;
    change.priority = Priority::High;
    change.body = QByteArrayLiteral("urgent");
    const auto verdict = await<ChangeVerdict>([&](QObject* context, auto answer) {
        m_client->changeMessage(someActor(), ids.back(), change, context, answer);
    });
    QVERIFY(verdict.value().changed);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 21, 30'000);
    QCOMPARE(m_receiver->requests().at(1).body, QByteArray("urgent"));
    QCOMPARE(m_receiver->count(), std::size_t(21));
}

void NodeTest::aTooLateMessageExpires()
{
    auto destination = destinationAt(m_receiver->url());
    QVERIFY(await<Destination>([&](QObject* context, auto answer) {
        m_client->pause(someActor(), destination.name, std::nullopt, context, answer);
    }));
    auto message = messageFor(QStringLiteral("orders"));
    message.expiresAfter = 50ms;
    const auto id = schedule(message);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("expired"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(0));
}

void NodeTest::pauseHoldsAndResumeReleases()
{
    const auto name = QStringLiteral("orders");
    QVERIFY(await<Destination>([&](QObject* context, auto answer) {
        m_client->pause(someActor(), name, std::nullopt, context, answer);
    }));
    const auto id = schedule(messageFor(name));
    const auto witness = schedule(messageFor(QStringLiteral("echo")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(witness), QStringLiteral("delivered"), 30'000);
    QCOMPARE(stateOf(id), QStringLiteral("scheduled"));
    QVERIFY(await<Destination>(
        [&](QObject* context, auto answer) { m_client->resume(someActor(), name, context, answer); }));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("delivered"), 30'000);
}

void NodeTest::keepsToTheConcurrencyOfTheDestination()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 3;
    put(destination);
    m_receiver->replyAlways({.delay = 2ms});
    schedule(many(200, QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 200, 30'000);
    QVERIFY(m_receiver->mostAtOnce() <= 3);
}

void NodeTest::aHangingDestinationDoesNotHoldUpAnother()
{
    Receiver hanging;
    hanging.replyAlways({.manner = Reply::Manner::Hang});
    auto destination = destinationAt(hanging.url(), QStringLiteral("hanging"));
    destination.maxConcurrency = 2;
    destination.timeout = 5min;
    put(destination);
    schedule(many(5000, QStringLiteral("hanging")));
    QVERIFY(hanging.waitFor(2));
    const auto ids = schedule(many(20, QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 20, 30'000);
    // What waits for a slot is not claimed and can still be cancelled.
    QCOMPARE(countIn(MessageState::Delivering), 2);
    const auto waiting = m_database->value(QStringLiteral(
        "SELECT id FROM punctual.messages WHERE destination = 'hanging' AND state = 'scheduled'"));
    const auto verdict = await<CancelVerdict>([&](QObject* context, auto answer) {
        m_client->cancel(someActor(), QUuid::fromString(waiting.toString()), context, answer);
    });
    QVERIFY(verdict.value().isCancelled());
}

void NodeTest::echoAnswersItself()
{
    const auto id = schedule(messageFor(QStringLiteral("echo")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("delivered"), 30'000);
    const auto attempts = await<std::vector<Attempt>>(
        [&](QObject* context, auto answer) { m_client->attempts(someActor(), id, context, answer); });
    QCOMPARE(attempts.value().front().status, 200);
    QCOMPARE(attempts.value().front().response, QByteArray("{\"order\":7}"));
}

void NodeTest::stopFinishesWhatIsInFlight()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    put(destination);
    m_receiver->replyAlways({.delay = 300ms});
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QVERIFY(m_receiver->waitFor(1));
    const auto later = schedule(messageFor(QStringLiteral("orders"))); // due, and waits for the slot
    stopNode();
    QCOMPARE(stateOf(id), QStringLiteral("delivered"));
    QCOMPARE(stateOf(later), QStringLiteral("scheduled"));
    QCOMPARE(m_database->value(QStringLiteral("SELECT count(*) FROM punctual.shards WHERE node IS NOT NULL"))
                 .toInt(),
             0);
}

void NodeTest::goesOnAfterTheDatabaseClosedItsConnections()
{
    const auto before = schedule(messageFor(QStringLiteral("orders"), Duration(1500ms)));
    m_database->exec(
        QStringLiteral("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = "
                       "current_database() AND pid <> pg_backend_pid() AND application_name LIKE "
                       "'punctual%' AND application_name <> 'punctual client'"));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(before), QStringLiteral("delivered"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
    const auto after = schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(after), QStringLiteral("delivered"), 30'000);
}

void NodeTest::takesOverWhatADeadNodeHadClaimed()
{
    m_receiver->replyNext({.manner = Reply::Manner::Hang});
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QVERIFY(m_receiver->waitFor(1));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("delivering"), 30'000);
    m_node.reset(); // without a stop: its claim and its shards stay as they are
    m_database->exec(QStringLiteral("UPDATE punctual.nodes SET lease_until = now()"));
    m_database->exec(
        QStringLiteral("UPDATE punctual.messages SET claim_deadline = now() WHERE state = 'delivering'"));
    m_database->exec(QStringLiteral("UPDATE punctual.claims SET deadline = now()"));
    m_node = std::make_unique<runtime::NodeHost>(m_database->address(),
                                                 runtime::NodeOptions{QStringLiteral("next")});
    m_node->start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("delivered"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(2));
    QCOMPARE(m_receiver->requests()[0].header("Idempotency-Key"),
             m_receiver->requests()[1].header("Idempotency-Key"));
}

PUNCTUAL_TEST(NodeTest)
#include "node_test.moc"
