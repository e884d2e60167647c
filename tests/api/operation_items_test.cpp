// SPDX-License-Identifier: GPL-3.0-or-later
// What an operation did to which message by REST, and the test of a destination that cannot send.
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

namespace
{

QString text(const QJsonValue& object, const char* member)
{
    return object[QLatin1StringView(member)].toString();
}

} // namespace

class OperationItemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsItems();
    void namesWrongParameters_data();
    void namesWrongParameters();
    void saysWhatIsNotThere();
    void testsADestination();
    void refusesTests_data();
    void refusesTests();

private:
    [[nodiscard]] Reply items(const QString& id, const QString& query = {})
    {
        return m_fixture.call("GET", QStringLiteral("%1/%2/items%3").arg(operations, id, query));
    }

    ApiFixture m_fixture;
};

void OperationItemsTest::initTestCase()
{
    m_fixture.addDestination();
    // A node that holds all shards, so that something else may be the cause.
    m_fixture.database.exec(
        QStringLiteral(
            "INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, lease_until) "
            "VALUES ('%1', 1, 'a node', '1', now(), now(), now() + interval '1 hour')")
            .arg(nobody));
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.shards SET node = '%1', epoch = 1").arg(nobody));
}

void OperationItemsTest::listsItems()
{
    QStringList ids;
    for (int i = 0; i < 3; ++i)
        ids.append(m_fixture.addMessage());
    const auto started = m_fixture.call("POST", operations, R"({"action":"cancel","all":true})");
    const QString id = text(started.json, "id");
    QVERIFY(items(id).json[QStringLiteral("items")][0][QStringLiteral("verdict")].isNull());
    m_fixture.database.exec(QStringLiteral("SELECT punctual.work_operation(gen_random_uuid(), 1000)"));
    m_fixture.actAs(Role::Viewer);
    const auto first = items(id, QStringLiteral("?limit=2"));
    QCOMPARE(first.status, 200);
    const auto page = first.json[QStringLiteral("items")].toArray();
    QCOMPARE(page.size(), 2);
    QCOMPARE(text(page[0], "message_id"), ids[0]);
    QCOMPARE(text(page[0], "verdict"), QStringLiteral("cancelled"));
    QVERIFY(!text(page[0], "changed_at").isEmpty());
    const auto second = items(id, QStringLiteral("?limit=2&cursor=") + text(first.json, "next_cursor"));
    QCOMPARE(second.json[QStringLiteral("items")].toArray().size(), 1);
    QCOMPARE(text(second.json[QStringLiteral("items")][0], "message_id"), ids[2]);
    QVERIFY(second.json[QStringLiteral("next_cursor")].isNull());
    QVERIFY(
        items(id, QStringLiteral("?verdict=not_found")).json[QStringLiteral("items")].toArray().isEmpty());
    m_fixture.actAs(Role::Admin);
}

void OperationItemsTest::namesWrongParameters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("a cursor that is none") << "?cursor=abc"
                                           << "/cursor";
    QTest::newRow("a cursor before the first") << "?cursor=0"
                                               << "/cursor";
    QTest::newRow("too many") << "?limit=501"
                              << "/limit";
}

void OperationItemsTest::namesWrongParameters()
{
    QFETCH(const QString, query);
    QFETCH(const QString, pointer);
    const auto reply = items(nobody, query);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), QStringList(pointer));
}

void OperationItemsTest::saysWhatIsNotThere()
{
    for (const auto& id : {nobody, QStringLiteral("abc")})
        QCOMPARE(items(id).problem(), QStringLiteral("not-found"));
}

void OperationItemsTest::testsADestination()
{
    const QString path = QStringLiteral("/v1/destinations/orders");
    QCOMPARE(m_fixture.call("POST", path + QStringLiteral("/pause"), R"({"reason":"stock taking"})").status,
             200);
    m_fixture.actAs(Role::Operator);
    const auto reply =
        m_fixture.call("POST", path + QStringLiteral("/test"), R"({"payload":{"a":1},"reason":"new key"})");
    m_fixture.actAs(Role::Admin);
    QCOMPARE(m_fixture.call("POST", path + QStringLiteral("/resume")).status, 200);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.json[QStringLiteral("attempt")].isNull());
    QCOMPARE(text(reply.json[QStringLiteral("why")], "code"), QStringLiteral("paused"));
    QCOMPARE(text(reply.json, "state"), QStringLiteral("cancelled"));
    const auto message =
        m_fixture.call("GET", QStringLiteral("/v1/messages/") + text(reply.json, "message_id")).json;
    QCOMPARE(text(message, "state"), QStringLiteral("cancelled"));
    QCOMPARE(message[QStringLiteral("payload")][QStringLiteral("a")].toInt(), 1);
}

void OperationItemsTest::refusesTests_data()
{
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("an unknown destination") << "nowhere" << QByteArray() << 404;
    QTest::newRow("an unknown field")
        << "orders" << QByteArray(R"({"due_at":"2027-01-01T00:00:00Z"})") << 422;
    QTest::newRow("two bodies") << "orders" << QByteArray(R"({"body":"x","payload":1})") << 422;
    QTest::newRow("no JSON") << "orders" << QByteArray("{") << 400;
}

void OperationItemsTest::refusesTests()
{
    QFETCH(const QString, destination);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    const auto reply =
        m_fixture.call("POST", QStringLiteral("/v1/destinations/%1/test").arg(destination), body);
    QCOMPARE(reply.status, status);
}

PUNCTUAL_TEST(OperationItemsTest)
#include "operation_items_test.moc"
