// SPDX-License-Identifier: GPL-3.0-or-later
// What dead nodes had claimed: by the policy, early or at its deadline, and never while somebody works on it.
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class RescueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rescueGoesByThePolicy_data();
    void rescueGoesByThePolicy();
    void rescueEndsWhatIsTooOld_data();
    void rescueEndsWhatIsTooOld();
    void rescueLeavesWhatIsInFlight();
    void rescueKeepsAClaimUntilAllOfItHasEnded();
    void theClaimsOfADeadNodeAreRescuedEarly();
};

void RescueTest::rescueGoesByThePolicy_data()
{
    QTest::addColumn<OnUnknown>("onUnknown");
    QTest::addColumn<int>("maxAttempts");
    QTest::addColumn<QString>("state");
    QTest::newRow("retry, attempts left") << OnUnknown::Retry << 2 << QStringLiteral("retrying");
    QTest::newRow("retry, none left") << OnUnknown::Retry << 1 << QStringLiteral("dead");
    QTest::newRow("hold") << OnUnknown::Hold << 2 << QStringLiteral("unknown");
}

void RescueTest::rescueGoesByThePolicy()
{
    QFETCH(OnUnknown, onUnknown);
    QFETCH(int, maxAttempts);
    QFETCH(QString, state);
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("unsure"));
    destination.onUnknown = onUnknown;
    StoreFixture fixture;
    QVERIFY(store::putDestination(fixture.connection, destination));
    auto message = messageFor(QStringLiteral("unsure"));
    message.maxAttempts = maxAttempts;
    fixture.schedule(message);
    QCOMPARE(fixture.claim({message.id}), std::size_t(1));
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 0); // not yet
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 1);
    QCOMPARE(fixture.claimsKept(), 0);
    QCOMPARE(fixture.stateOf(message.id), state);
    const auto attempts = store::attempts(fixture.connection, message.id).value();
    QCOMPARE(attempts.size(), std::size_t(1));
    QCOMPARE(attempts[0].outcome, Outcome::Unknown);
    QCOMPARE(fixture.database
                 .value(QStringLiteral("SELECT %1 FROM punctual.delivery_totals WHERE destination = 'unsure'")
                            .arg(state))
                 .toInt(),
             1);
}

void RescueTest::rescueEndsWhatIsTooOld_data()
{
    QTest::addColumn<QJsonObject>("own");
    QTest::addColumn<QString>("state");
    const auto maxAge = [](int milliseconds) {
        return QJsonObject{{QStringLiteral("max_age_ms"), milliseconds}};
    };
    QTest::newRow("by the destination's policy") << QJsonObject() << QStringLiteral("dead");
    QTest::newRow("the message lets it be older") << maxAge(3'600'000) << QStringLiteral("retrying");
}

void RescueTest::rescueEndsWhatIsTooOld()
{
    QFETCH(QJsonObject, own);
    QFETCH(QString, state);
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("hasty"));
    destination.retry.maxAge = 1min;
    StoreFixture fixture;
    QVERIFY(store::putDestination(fixture.connection, destination));
    auto message = messageFor(QStringLiteral("hasty"));
    message.maxAttempts = 5;
    message.retry = own;
    fixture.schedule(message);
    fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '2 min'"));
    QCOMPARE(fixture.claim({message.id}), std::size_t(1));
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 1);
    QCOMPARE(fixture.stateOf(message.id), state);
}

void RescueTest::rescueLeavesWhatIsInFlight()
{
    StoreFixture fixture;
    const auto id = fixture.messageIn(MessageState::Delivering);
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {id}, false, 10).value().messages, 0);
    QCOMPARE(fixture.stateOf(id), QStringLiteral("delivering"));
    QCOMPARE(fixture.claimsKept(), 1);
}

// A call of claim() is forgotten when nothing of it is being delivered any more: not while another node has
// the shard of the rest, not because a message of it was claimed once more.
void RescueTest::rescueKeepsAClaimUntilAllOfItHasEnded()
{
    StoreFixture fixture;
    auto retried = fixture.scheduleNow();
    const auto lost = fixture.scheduleNow();
    QCOMPARE(fixture.claim({retried, lost}), std::size_t(2));
    fixture.record(retried, MessageState::Retrying);
    QCOMPARE(fixture.claim({retried}), std::size_t(1));
    fixture.database.exec(QStringLiteral("UPDATE punctual.claims SET deadline = now() - interval '1 s'"));
    // The first claim holds `lost`, whose own deadline is to come; the second one holds `retried`.
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().lookedAt, 2);
    QCOMPARE(fixture.claimsKept(), 2);
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().lookedAt,
             0); // not again at once
    fixture.record(retried, MessageState::Delivered, 2);
    fixture.database.exec(QStringLiteral("UPDATE punctual.shards SET node = NULL, epoch = NULL WHERE shard = "
                                         "(SELECT shard FROM punctual.messages WHERE id = '%1')")
                              .arg(toText(lost)));
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 0);
    QCOMPARE(fixture.claimsKept(), 1); // of the one who gets that shard
    QCOMPARE(store::keepShards(fixture.connection, fixture.node, 1h).value().shards.size(), std::size_t(64));
    fixture.passDeadlines();
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 1);
    QCOMPARE(fixture.stateOf(lost), QStringLiteral("retrying"));
    QCOMPARE(fixture.claimsKept(), 0);
}

// A node that died is not waited for until its deadlines; one that lives is, and so is the asking node
// itself.
void RescueTest::theClaimsOfADeadNodeAreRescuedEarly()
{
    StoreFixture fixture;
    const auto lost = fixture.messageIn(MessageState::Delivering);
    const auto dead = fixture.node;
    fixture.node = fixture.join();
    fixture.database.exec(QStringLiteral("UPDATE punctual.shards SET node = '%1', epoch = %2")
                              .arg(toText(fixture.node.id))
                              .arg(fixture.node.epoch));
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, true, 10).value().messages, 0);
    fixture.database.exec(
        QStringLiteral("UPDATE punctual.nodes SET lease_until = now() - interval '2 s' WHERE id = '%1'")
            .arg(toText(dead.id)));
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, false, 10).value().messages, 0);
    QCOMPARE(store::rescue(fixture.connection, fixture.node, {}, true, 10).value().messages, 1);
    QCOMPARE(fixture.stateOf(lost), QStringLiteral("retrying"));
    QCOMPARE(fixture.claimsKept(), 0);
}

PUNCTUAL_TEST(RescueTest)
#include "rescue_test.moc"
