// SPDX-License-Identifier: GPL-3.0-or-later
// A claim whose answer got lost is given back: what is there of it waits again.
#include "store_fixture.h"

#include <thread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class GiveBackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasClaimedWaitsAgain();
    void whateverTheLimitOfAttempts();
    void leavesAloneWhatIsNotItsOwn();
    void canBeRepeated();
    void waitsForAClaimThatIsUnderWay();

private:
    StoreFixture m_fixture;
};

void GiveBackTest::whatWasClaimedWaitsAgain()
{
    const auto id = m_fixture.messageIn(MessageState::Delivering);
    QCOMPARE(store::giveBack(m_fixture.connection, m_fixture.node, {id}).value(), 1);
    QCOMPARE(m_fixture.stateOf(id), QStringLiteral("retrying"));
    QVERIFY(store::attempts(m_fixture.connection, id).value().empty()); // nothing left, so nothing was tried
    QCOMPARE(m_fixture.claim({id}), std::size_t(1));
    QCOMPARE(m_fixture.record(id, MessageState::Delivered, 1), std::size_t(1));
}

void GiveBackTest::whateverTheLimitOfAttempts()
{
    auto message = messageFor(QStringLiteral("orders"));
    message.maxAttempts = 1;
    const auto id = m_fixture.schedule(message);
    QCOMPARE(m_fixture.claim({id}), std::size_t(1));
    QCOMPARE(store::giveBack(m_fixture.connection, m_fixture.node, {id}).value(), 1);
    QCOMPARE(m_fixture.claim({id}), std::size_t(1));
}

void GiveBackTest::leavesAloneWhatIsNotItsOwn()
{
    const auto waiting = m_fixture.messageIn(MessageState::Scheduled);
    const auto delivered = m_fixture.messageIn(MessageState::Delivered);
    const auto claimed = m_fixture.messageIn(MessageState::Delivering);
    const store::NodeKey other{makeUuidV7(systemNow()), 1};
    QCOMPARE(store::giveBack(m_fixture.connection, other, {waiting, delivered, claimed}).value(), 0);
    QCOMPARE(store::giveBack(m_fixture.connection, m_fixture.node, {waiting, delivered}).value(), 0);
    QCOMPARE(m_fixture.stateOf(claimed), QStringLiteral("delivering"));
}

void GiveBackTest::canBeRepeated()
{
    const auto id = m_fixture.messageIn(MessageState::Delivering);
    QCOMPARE(store::giveBack(m_fixture.connection, m_fixture.node, {id}).value(), 1);
    QCOMPARE(store::giveBack(m_fixture.connection, m_fixture.node, {id}).value(), 0);
}

// The connection of the claim is cut while PostgreSQL still works on it, or waits for a standby.
void GiveBackTest::waitsForAClaimThatIsUnderWay()
{
    const auto id = m_fixture.scheduleNow();
    store::Connection claiming(m_fixture.database.address(), QStringLiteral("claiming"));
    QVERIFY(claiming.script(QStringLiteral("BEGIN")));
    QCOMPARE(store::claim(claiming, m_fixture.node, {id}, {}).value().size(), std::size_t(1));
    int givenBack = 0;
    std::thread other([&] {
        store::Connection connection(m_fixture.database.address(), QStringLiteral("giving back"));
        givenBack = store::giveBack(connection, m_fixture.node, {id}).value_or(-1);
    });
    const auto waits = [&] {
        return m_fixture.database
            .value(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                  "AND application_name = 'giving back'"))
            .toInt();
    };
    QTRY_COMPARE_WITH_TIMEOUT(waits(), 1, 30'000);
    const auto committed = claiming.script(QStringLiteral("COMMIT"));
    other.join();
    QVERIFY(committed);
    QCOMPARE(givenBack, 1);
    QCOMPARE(m_fixture.stateOf(id), QStringLiteral("retrying"));
}

PUNCTUAL_TEST(GiveBackTest)
#include "give_back_test.moc"
