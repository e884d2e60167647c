// SPDX-License-Identifier: GPL-3.0-or-later
// Idempotency-Key of operations and replays, and calls that go on while a long one is under way.
#include "api_fixture.h"
#include "store/connection.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

namespace
{

const QByteArray cancelAll = R"({"action":"cancel","filter":{"tag":"gone"}})";

} // namespace

class IdempotencyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture.addDestination(); }
    void startsAnOperationOnce();
    void replaysOnce();
    void refusesOtherContent();
    void aCallThatDidNothingMayBeRepeated();
    void belongsToTheToken();
    void refusesAKeyThatIsNone();
    void othersAreAnsweredWhileASnapshotIsMade();

private:
    [[nodiscard]] Reply post(const QString& path, const QByteArray& body, const QByteArray& key)
    {
        return m_fixture.call("POST", path, body, {{"Idempotency-Key", key}});
    }
    [[nodiscard]] QString cancelledMessage()
    {
        const QString id = m_fixture.addMessage(R"(,"tags":["replayed"])");
        (void)m_fixture.call("DELETE", QStringLiteral("/v1/messages/") + id);
        return id;
    }
    [[nodiscard]] int countOf(const char* table)
    {
        return m_fixture.database
            .value(QStringLiteral("SELECT count(*) FROM punctual.%1").arg(QLatin1StringView(table)))
            .toInt();
    }

    ApiFixture m_fixture;
};

void IdempotencyTest::startsAnOperationOnce()
{
    (void)m_fixture.addMessage(R"(,"tags":["gone"])");
    const auto first = post(operations, cancelAll, "one");
    QCOMPARE(first.status, 202);
    const int before = countOf("operations");
    m_fixture.database.exec(QStringLiteral("SELECT punctual.work_operation(gen_random_uuid(), 1000)"));
    const auto again = post(operations, cancelAll, "one");
    QCOMPARE(again.status, 202);
    QCOMPARE(again.body, first.body); // however far it has got
    QCOMPARE(again.header("location"), first.header("location"));
    QCOMPARE(countOf("operations"), before);
    QVERIFY(post(operations, cancelAll, "another").body != first.body);
}

void IdempotencyTest::replaysOnce()
{
    const QString path = QStringLiteral("/v1/messages/%1/replay").arg(cancelledMessage());
    const QByteArray body = R"({"delay_ms":3600000})";
    const auto first = post(path, body, "two");
    QCOMPARE(first.status, 201);
    const int before = countOf("messages");
    const QString replay = first.json[QStringLiteral("id")].toString();
    (void)m_fixture.call("DELETE", QStringLiteral("/v1/messages/") + replay);
    const auto again = post(path, body, "two");
    QCOMPARE(again.status, 201);
    QCOMPARE(again.body, first.body);
    QCOMPARE(countOf("messages"), before);
}

void IdempotencyTest::refusesOtherContent()
{
    const QString path = QStringLiteral("/v1/messages/%1/replay").arg(cancelledMessage());
    QCOMPARE(post(operations, cancelAll, "three").status, 202);
    for (const auto& other : {post(operations, R"({"action":"cancel","filter":{"tag":"other"}})", "three"),
                              post(path, {}, "three"),
                              post(QStringLiteral("/v1/messages"),
                                   R"({"destination":"orders","delay_ms":3600000,"payload":1})", "three")}) {
        QCOMPARE(other.status, 422);
        QCOMPARE(other.problem(), QStringLiteral("idempotency-key-reused"));
    }
}

void IdempotencyTest::aCallThatDidNothingMayBeRepeated()
{
    const QString id = m_fixture.addMessage();
    const QString path = QStringLiteral("/v1/messages/%1/replay").arg(id);
    QCOMPARE(post(path, {}, "four").status, 409); // it waits
    QCOMPARE(m_fixture.call("DELETE", QStringLiteral("/v1/messages/") + id).status, 200);
    QCOMPARE(post(path, {}, "four").status, 201);
    QCOMPARE(post(operations, R"({"action":"cancel","filter":{}})", "five").status, 422);
    QCOMPARE(post(operations, cancelAll, "five").status, 202);
}

void IdempotencyTest::belongsToTheToken()
{
    const auto first = post(operations, cancelAll, "six");
    m_fixture.actAs(Role::Operator);
    const auto other = post(operations, cancelAll, "six");
    m_fixture.actAs(Role::Admin);
    QCOMPARE(other.status, 202);
    QVERIFY(other.json[QStringLiteral("id")] != first.json[QStringLiteral("id")]);
}

void IdempotencyTest::refusesAKeyThatIsNone()
{
    QCOMPARE(post(operations, cancelAll, QByteArray(201, 'x')).status, 422);
    QCOMPARE(post(QStringLiteral("/v1/messages/%1/replay").arg(cancelledMessage()), {}, QByteArray(201, 'x'))
                 .status,
             422);
}

/// More snapshots than the server has connections to the database, each of which waits for a lock.
void IdempotencyTest::othersAreAnsweredWhileASnapshotIsMade()
{
    store::Connection other(m_fixture.address(), QStringLiteral("test"));
    QVERIFY(other.script(QStringLiteral("BEGIN; LOCK TABLE punctual.operation_items IN EXCLUSIVE MODE")));
    std::vector<std::unique_ptr<QNetworkReply>> snapshots;
    for (int i = 0; i < 5; ++i)
        snapshots.push_back(m_fixture.begin("POST", operations, cancelAll));
    const auto waiting = [&] {
        return m_fixture.database
            .value(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                  "AND datname = current_database()"))
            .toInt();
    };
    QTRY_VERIFY(waiting() > 0);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/destinations/orders")).status, 200);
    QVERIFY(!snapshots.front()->isFinished());
    QVERIFY(other.script(QStringLiteral("COMMIT")));
    for (const auto& snapshot : snapshots)
        QCOMPARE(ApiFixture::finish(*snapshot).status, 202);
}

PUNCTUAL_TEST(IdempotencyTest)
#include "idempotency_test.moc"
