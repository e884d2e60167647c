// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that are limited to some destinations.
#include "api/reach.h"
#include "api/routes.h"
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;
using punctual::test::ApiFixture;

namespace
{

QByteArray messageTo(const QByteArray& destination)
{
    return R"({"destination":")" + destination + R"(","delay_ms":3600000,"payload":1})";
}

QStringList namesOf(const test::Reply& reply, const char* field)
{
    QStringList names;
    const auto items = reply.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        names.append(item[QLatin1StringView(field)].toString());
    names.removeDuplicates();
    names.sort();
    return names;
}

} // namespace

class ReachTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void closesWhatItDoesNotKnow();
    void keepsToItsDestinations_data();
    void keepsToItsDestinations();
    void schedulesForItsOwn();
    void listsItsOwn();
    void keepsToOneOfSeveral();
    void operatesOnItsOwn();

private:
    ApiFixture m_fixture;
    QString m_own;
    QString m_other;
};

void ReachTest::initTestCase()
{
    m_fixture.addDestination(QStringLiteral("orders"));
    m_fixture.addDestination(QStringLiteral("secret"));
    m_own = m_fixture.call("POST", QStringLiteral("/v1/messages"), messageTo("orders"))
                .json[QStringLiteral("id")]
                .toString();
    m_other = m_fixture.call("POST", QStringLiteral("/v1/messages"), messageTo("secret"))
                  .json[QStringLiteral("id")]
                  .toString();
    m_fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.api_tokens (name, role, hash, destinations) VALUES "
        "('one', 'admin', sha256('one'), '{orders}'), ('two', 'admin', sha256('two'), '{orders,echo}')"));
}

void ReachTest::init()
{
    m_fixture.useToken("one");
}

/// Routes that are new, or that reach everything.
void ReachTest::closesWhatItDoesNotKnow()
{
    const Route fresh{"POST", QStringLiteral("/v1/something/new"), Role::Operator, nullptr};
    QCOMPARE(reachOf(fresh), Reach::Everything);
    int closed = 0;
    for (const auto& route : routes()) {
        if (reachOf(route) != Reach::Everything)
            continue;
        ++closed;
        QString path = route.pattern;
        path.replace(QStringLiteral("{id}"), m_own)
            .replace(QStringLiteral("{name}"), QStringLiteral("orders"));
        const auto reply = m_fixture.call(route.method, path);
        QVERIFY2(reply.status == 403, qPrintable(path));
    }
    QVERIFY(closed >= 2); // the audit and the metrics
}

void ReachTest::keepsToItsDestinations_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("pattern");
    for (const auto& route : routes())
        if (reachOf(route) == Reach::Destination || reachOf(route) == Reach::Message)
            QTest::addRow("%s %s", route.method.constData(), qPrintable(route.pattern))
                << route.method << route.pattern;
}

void ReachTest::keepsToItsDestinations()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, pattern);
    const auto statusWith = [&](const QString& id, const QString& name) {
        QString path = pattern;
        path.replace(QStringLiteral("{id}"), id).replace(QStringLiteral("{name}"), name);
        return m_fixture.call(method, path).status;
    };
    QCOMPARE(statusWith(m_other, QStringLiteral("secret")), 403);
    // What it may do to its own is a matter of its role; whether it succeeds, of other tests.
    if (method == "GET")
        QCOMPARE(statusWith(m_own, QStringLiteral("orders")), 200);
    const bool needsBody = method == "PATCH" || pattern.endsWith(u"/resolve"); // which is looked at first
    if (pattern.contains(u"{id}"))
        QCOMPARE(statusWith(QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057"), {}),
                 needsBody ? 400 : 404);
}

void ReachTest::schedulesForItsOwn()
{
    const QString one = QStringLiteral("/v1/messages");
    const QString batch = QStringLiteral("/v1/messages/batch");
    const auto both = [](const QByteArray& second) {
        return R"({"messages":[)" + messageTo("orders") + ',' + messageTo(second) + "]}";
    };
    QCOMPARE(m_fixture.call("POST", one, messageTo("orders")).status, 201);
    QCOMPARE(m_fixture.call("POST", one, messageTo("secret")).status, 403);
    QCOMPARE(m_fixture.call("POST", batch, both("orders")).status, 201);
    const auto refused = m_fixture.call("POST", batch, both("secret"));
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.problem(), QStringLiteral("forbidden"));
    QVERIFY(refused.body.contains("orders"));
    QVERIFY(!refused.body.contains("secret"));
}

void ReachTest::listsItsOwn()
{
    const QStringList orders{QStringLiteral("orders")};
    const auto list = [this](const char* path) { return m_fixture.call("GET", QString::fromLatin1(path)); };
    QCOMPARE(namesOf(list("/v1/messages"), "destination"), orders);
    QCOMPARE(namesOf(list("/v1/messages?destination=orders"), "destination"), orders);
    QCOMPARE(list("/v1/messages?destination=secret").status, 403);
    QCOMPARE(namesOf(list("/v1/destinations"), "name"), orders);
    QCOMPARE(namesOf(list("/v1/forecast"), "destination"), orders);
    QCOMPARE(namesOf(list("/v1/forecast?destination=secret"), "destination"), QStringList());
}

/// A list of messages is of one destination or of all, so one of several has to be named.
void ReachTest::keepsToOneOfSeveral()
{
    m_fixture.useToken("two");
    const auto refused = m_fixture.call("GET", QStringLiteral("/v1/messages"));
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.body.contains("orders, echo"));
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/messages?destination=echo")).status, 200);
    QCOMPARE(namesOf(m_fixture.call("GET", QStringLiteral("/v1/destinations")), "name"),
             QStringList({QStringLiteral("echo"), QStringLiteral("orders")}));
}

void ReachTest::operatesOnItsOwn()
{
    const QString operations = QStringLiteral("/v1/operations");
    const auto start = [&](const QByteArray& body) {
        return m_fixture.call("POST", operations, body).status;
    };
    QCOMPARE(start(R"({"action":"cancel","filter":{"destination":"orders","tag":"none"}})"), 202);
    QCOMPARE(start(R"({"action":"cancel","filter":{"destination":"orders"},"dry_run":true})"), 200);
    QCOMPARE(start(R"({"action":"cancel","filter":{"destination":"secret"}})"), 403);
    QCOMPARE(start(R"({"action":"cancel","filter":{"destination":"secret"},"dry_run":true})"), 403);
    QCOMPARE(start(R"({"action":"cancel","filter":{"tag":"none"}})"), 403);
    QCOMPARE(start(R"({"action":"cancel","all":true})"), 403);
    QCOMPARE(start(R"({"action":"replay","filter":{"destination":"orders"},"destination":"secret"})"), 403);
    QCOMPARE(m_fixture.call("GET", operations).status, 403);
    const QString letters = QStringLiteral("/v1/dead-letters");
    QCOMPARE(m_fixture.call("GET", letters).status, 200); // its own, as there is only one
    QCOMPARE(m_fixture.call("GET", letters + QStringLiteral("?destination=orders")).status, 200);
    QCOMPARE(m_fixture.call("GET", letters + QStringLiteral("?destination=secret")).status, 403);
    m_fixture.useToken("two");
    QCOMPARE(m_fixture.call("GET", letters).status, 403);
    QCOMPARE(m_fixture.call("GET", letters + QStringLiteral("?destination=echo")).status, 200);
}

PUNCTUAL_TEST(ReachTest)
#include "reach_test.moc"
