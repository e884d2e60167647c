// SPDX-License-Identifier: GPL-3.0-or-later
// Who may call what, and the answers that have nothing to do with a subject.
#include "api/routes.h"
#include "api_fixture.h"
#include "store/connection.h"
#include "support/test_main.h"

using namespace punctual;
using punctual::test::ApiFixture;

class AccessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForATokenOfTheRightRole_data();
    void asksForATokenOfTheRightRole();
    void refusesOtherTokens_data();
    void refusesOtherTokens();
    void refusesARevokedToken();
    void answersHealthToAnyone();
    void isReadyWhenALiveNodeHoldsShards();
    void isNotReadyWhenTheDatabaseHangs();
    void describesItself();
    void answersHeadWithoutABody();
    void namesUnknownPathsMethodsAndParameters();
    void saysThatTheDatabaseIsAway();

private:
    ApiFixture m_fixture;
};

void AccessTest::asksForATokenOfTheRightRole_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("least");
    for (const auto& route : api::routes()) {
        QString path = route.pattern;
        path.replace(QStringLiteral("{name}"), QStringLiteral("nothing"));
        path.replace(QStringLiteral("{id}"), QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057"));
        QTest::addRow("%s %s", route.method.constData(), qPrintable(path))
            // A stream of events would never end.
            << (route.pattern == u"/v1/events" ? QByteArrayLiteral("HEAD") : route.method) << path
            << (route.role ? static_cast<int>(*route.role) : -1);
    }
}

void AccessTest::asksForATokenOfTheRightRole()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(int, least);
    m_fixture.actAs(std::nullopt);
    const auto stranger = m_fixture.call(method, path);
    QCOMPARE(stranger.status == 401, least >= 0);
    QCOMPARE(stranger.header("www-authenticate").startsWith("Bearer"), least >= 0);
    for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
        m_fixture.actAs(role);
        QCOMPARE(m_fixture.call(method, path).status == 403, static_cast<int>(role) < least);
    }
}

void AccessTest::refusesOtherTokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("an unknown token") << QByteArray("Bearer nobody");
    QTest::newRow("an empty token") << QByteArray("Bearer ");
    QTest::newRow("another scheme") << QByteArray("Basic c2VjcmV0LW9mLWFkbWluOg==");
    QTest::newRow("a token without a scheme") << ApiFixture::tokenOf(Role::Admin);
    QTest::newRow("a very long token") << "Bearer " + QByteArray(2000, 'x');
    QTest::newRow("bytes that are no text") << QByteArray("Bearer \xff\xfe");
}

void AccessTest::refusesOtherTokens()
{
    QFETCH(QByteArray, authorization);
    m_fixture.actAs(std::nullopt);
    const auto reply =
        m_fixture.call("GET", QStringLiteral("/v1/messages"), {}, {{"Authorization", authorization}});
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.problem(), QStringLiteral("unauthenticated"));
    QVERIFY(!reply.body.contains("secret"));
}

/// A token that was never used, so that no cache knows it.
void AccessTest::refusesARevokedToken()
{
    m_fixture.database.exec(QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash, revoked_at) "
                                           "VALUES ('old', 'admin', sha256('gone'), now())"));
    m_fixture.useToken("gone");
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/messages")).status, 401);
}

void AccessTest::answersHealthToAnyone()
{
    m_fixture.actAs(std::nullopt);
    const auto reply = m_fixture.call("GET", QStringLiteral("/healthz"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, "{\"status\":\"ok\"}");
    QCOMPARE(reply.header("content-type"), "application/json");
}

void AccessTest::isReadyWhenALiveNodeHoldsShards()
{
    const QString node = QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057");
    const auto before = m_fixture.call("GET", QStringLiteral("/readyz"));
    QCOMPARE(before.status, 503);
    QCOMPARE(before.problem(), QStringLiteral("not-ready"));
    QCOMPARE(before.header("retry-after"), "1");
    m_fixture.database.exec(
        QStringLiteral(
            "INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, lease_until) "
            "VALUES ('%1', 1, 'a node', '1', now(), now(), now() + interval '1 hour')")
            .arg(node));
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/readyz")).status, 503);
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.shards SET node = '%1', epoch = 1 WHERE shard = 0").arg(node));
    const auto after = m_fixture.call("GET", QStringLiteral("/readyz"));
    QCOMPARE(after.status, 200);
    QCOMPARE(after.body, "{\"status\":\"ready\"}");
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.nodes SET lease_until = now()"));
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/readyz")).status, 503);
}

void AccessTest::isNotReadyWhenTheDatabaseHangs()
{
    store::Connection other(m_fixture.database.address(), QStringLiteral("in the way"));
    QVERIFY(other.script(QStringLiteral("BEGIN; LOCK TABLE punctual.nodes IN ACCESS EXCLUSIVE MODE")));
    const auto reply = m_fixture.call("GET", QStringLiteral("/readyz"));
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.body.contains("does not answer"));
    QVERIFY(other.script(QStringLiteral("ROLLBACK")));
}

void AccessTest::describesItself()
{
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/openapi.yaml"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-type"), "application/yaml");
    QVERIFY(reply.body.startsWith("openapi: 3.1.0\n"));
}

void AccessTest::answersHeadWithoutABody()
{
    m_fixture.actAs(Role::Viewer);
    const auto get = m_fixture.call("GET", QStringLiteral("/v1/destinations"));
    const auto head = m_fixture.call("HEAD", QStringLiteral("/v1/destinations"));
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.isEmpty());
    QCOMPARE(head.header("content-length"), get.header("content-length"));
}

void AccessTest::namesUnknownPathsMethodsAndParameters()
{
    m_fixture.actAs(Role::Admin);
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/nothing")).problem(), QStringLiteral("unknown-path"));
    const auto method = m_fixture.call("PUT", QStringLiteral("/v1/messages"), "{}");
    QCOMPARE(method.status, 405);
    QCOMPARE(method.header("allow"), "POST, GET, HEAD");
    const auto parameter = m_fixture.call("GET", QStringLiteral("/v1/destinations?colour=red"));
    QCOMPARE(parameter.status, 422);
    QCOMPARE(parameter.pointers(), QStringList(QStringLiteral("/colour")));
}

void AccessTest::saysThatTheDatabaseIsAway()
{
    api::Server server({QStringLiteral("host=/nonexistent dbname=none connect_timeout=1")}, [] {
        api::ServerOptions options;
        options.port = 0;
        return options;
    }());
    QVERIFY(server.start());
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/v1/messages").arg(server.port())));
    request.setRawHeader("Authorization", "Bearer any");
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    const auto answer = ApiFixture::finish(*reply);
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.problem(), QStringLiteral("unavailable"));
    QCOMPARE(answer.header("retry-after"), "1");
}

PUNCTUAL_TEST(AccessTest)
#include "access_test.moc"
