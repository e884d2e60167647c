// SPDX-License-Identifier: GPL-3.0-or-later
// What holds messages of a destination back: its rules, keys, forecast and quota.
#include "api_fixture.h"
#include "client/client.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;
using punctual::test::ApiFixture;
using punctual::test::Reply;

namespace
{

const QString guarded = QStringLiteral("/v1/destinations/guarded");

QStringList keysOf(const Reply& reply)
{
    QStringList keys;
    const auto items = reply.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        keys.append(item[QStringLiteral("key")].toString());
    return keys;
}

/// What the database keeps, in clear.
Credentials storedCredentials(ApiFixture& fixture)
{
    client::Client client(fixture.address(), 1);
    const auto stored = test::await<Destination>([&](QObject* context, auto answer) {
        client.destination(test::someActor(), QStringLiteral("guarded"), context, answer);
    });
    return stored ? stored->credentials : Credentials{};
}

} // namespace

class LanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheRulesThatItTook();
    void keepsHiddenValuesThatComeBack();
    void refusesAHiddenValueOfNothing();
    void namesWrongRules();
    void showsTheStateOfTheLane();
    void pagesThroughBlockedKeys();
    void releasesAParkedKey();
    void forecasts();
    void showsTheQuota();
    void namesWrongParameters_data();
    void namesWrongParameters();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();

private:
    ApiFixture m_fixture;
};

namespace
{

// Behind the class: moc does not see a class behind a raw string of several lines.
/// Every rule that there is.
const QByteArray rules = R"({
  "url": "https://api.example.com/hook",
  "rate_limit": {"algorithm": "token_bucket", "limit": 100, "per_ms": 1000, "burst": 50},
  "quota": {"limit": 100000, "per": "day", "time_zone": "Asia/Singapore"},
  "circuit_breaker": {"failure_ratio": 0.25, "consecutive_failures": 3},
  "order": {"on_failure": "skip", "skip_after": 2},
  "batch": {"format": "ndjson", "max_messages": 10, "max_wait_ms": 50},
  "tls": {"verify": false},
  "authentication": {"type": "basic", "username": "ann", "password": "hush-hush"},
  "signing_secret": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
  "retry": {"backoff": "list", "delays_ms": [100, 200], "max_age_ms": 60000, "jitter": "full",
            "retry_on": [429, "5xx"], "refuse_on": [501], "stop_on": [410, 423]}
})";

} // namespace

void LanesTest::initTestCase()
{
    m_fixture.addDestination();
    const auto reply = m_fixture.call("PUT", guarded, rules);
    QVERIFY2(reply.status == 201, reply.body.constData());
}

void LanesTest::showsTheRulesThatItTook()
{
    const auto reply = m_fixture.call("GET", guarded);
    const auto asked = QJsonDocument::fromJson(rules).object();
    for (const auto* group : {"rate_limit", "quota", "order", "batch"})
        QCOMPARE(reply.json[QLatin1StringView(group)], asked[QLatin1StringView(group)]);
    for (const auto* group : {"circuit_breaker", "tls", "retry"}) { // these have more fields
        const auto given = asked[QLatin1StringView(group)].toObject();
        for (auto field = given.begin(); field != given.end(); ++field)
            QCOMPARE(reply.json[QLatin1StringView(group)][field.key()], field.value());
    }
    QCOMPARE(reply.json[QStringLiteral("authentication")][QStringLiteral("username")].toString(),
             QStringLiteral("ann"));
    QCOMPARE(reply.json[QStringLiteral("warnings")].toArray().size(), 1);
    QVERIFY(!reply.body.contains("hush"));
    QVERIFY(!reply.body.contains("whsec_"));
}

void LanesTest::keepsHiddenValuesThatComeBack()
{
    const auto shown = m_fixture.call("GET", guarded);
    QCOMPARE(shown.json[QStringLiteral("signing_secret")].toString(), QStringLiteral("(hidden)"));
    const auto before = storedCredentials(m_fixture);
    QVERIFY(before.signingSecret.startsWith("whsec_"));
    const auto replaced = m_fixture.call("PUT", guarded, shown.body);
    QVERIFY2(replaced.status == 200, replaced.body.constData());
    QCOMPARE(replaced.json[QStringLiteral("authentication")], shown.json[QStringLiteral("authentication")]);
    QVERIFY(storedCredentials(m_fixture) == before);

    // Without the mark it is gone.
    auto without = shown.json;
    without.remove(QStringLiteral("signing_secret"));
    QCOMPARE(m_fixture.call("PUT", guarded, QJsonDocument(without).toJson()).status, 200);
    QVERIFY(m_fixture.call("GET", guarded).json[QStringLiteral("signing_secret")].isNull());
    QVERIFY(storedCredentials(m_fixture).signingSecret.isEmpty());
}

void LanesTest::refusesAHiddenValueOfNothing()
{
    const auto reply = m_fixture.call("PUT", QStringLiteral("/v1/destinations/fresh"),
                                      R"json({"url":"https://x.example","signing_secret":"(hidden)"})json");
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), QStringList{QStringLiteral("/signing_secret")});
}

void LanesTest::namesWrongRules()
{
    const auto reply = m_fixture.call("PUT", QStringLiteral("/v1/destinations/wrong"), R"({
        "url": "https://x.example", "rate_limit": {"limit": 0, "per_ms": 1000},
        "quota": {"limit": 1, "per": "day", "time_zone": "Mars/Base"}, "circuit_breaker": {"failure_ratio": 2},
        "order": {"on_failure": "cry"}, "batch": {}, "retry": {"factor": 0.5}})");
    QCOMPARE(reply.status, 422);
    auto pointers = reply.pointers();
    pointers.sort();
    QCOMPARE(pointers,
             (QStringList{QStringLiteral("/batch/format"), QStringLiteral("/circuit_breaker/failure_ratio"),
                          QStringLiteral("/order/on_failure"), QStringLiteral("/quota/time_zone"),
                          QStringLiteral("/rate_limit/limit"), QStringLiteral("/retry/factor")}));
}

void LanesTest::showsTheStateOfTheLane()
{
    m_fixture.database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET breaker_state = 'open', breaker_until = '2100-01-01 00:00Z', "
        "breaker_cause = '10 calls in a row failed', held_until = '2100-01-01 00:01Z', "
        "held_because = 'Retry-After' WHERE destination = 'guarded'"));
    const auto reply = m_fixture.call("GET", guarded);
    const auto lane = reply.json[QStringLiteral("lane")];
    QCOMPARE(lane[QStringLiteral("breaker_state")].toString(), QStringLiteral("open"));
    QCOMPARE(lane[QStringLiteral("breaker_until")].toString(), QStringLiteral("2100-01-01T00:00:00.000Z"));
    QCOMPARE(lane[QStringLiteral("breaker_cause")].toString(), QStringLiteral("10 calls in a row failed"));
    QCOMPARE(lane[QStringLiteral("held_until")].toString(), QStringLiteral("2100-01-01T00:01:00.000Z"));
    QCOMPARE(lane[QStringLiteral("held_because")].toString(), QStringLiteral("Retry-After"));
}

/// Keys a, ż and c: two messages each, the second of which stands behind the first.
void LanesTest::pagesThroughBlockedKeys()
{
    m_fixture.addDestination(QStringLiteral("keyed"));
    QStringList heads;
    for (const auto& key : {QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("ż/?")}) {
        const QByteArray body =
            QStringLiteral(R"({"destination":"keyed","delay_ms":3600000,"payload":1,"key":"%1"})")
                .arg(key)
                .toUtf8();
        QStringList ids;
        for (int i = 0; i < 2; ++i)
            ids.append(m_fixture.call("POST", QStringLiteral("/v1/messages"), body)
                           .json[QStringLiteral("id")]
                           .toString());
        m_fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET next_attempt_at = 'infinity', "
                                               "due_at = due_at + interval '1 second' WHERE id = '%1'")
                                    .arg(ids[1]));
        heads.append(ids[0]);
    }
    const QString path = QStringLiteral("/v1/destinations/keyed/keys");
    m_fixture.actAs(Role::Viewer);
    const auto all = m_fixture.call("GET", path);
    QCOMPARE(all.status, 200);
    QCOMPARE(keysOf(all), (QStringList{QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("ż/?")}));
    QVERIFY(all.json[QStringLiteral("next_cursor")].isNull());
    const auto first = all.json[QStringLiteral("items")][0];
    QCOMPARE(first[QStringLiteral("head")][QStringLiteral("id")].toString(), heads[0]);
    QCOMPARE(first[QStringLiteral("head")][QStringLiteral("state")].toString(), QStringLiteral("scheduled"));
    QCOMPARE(first[QStringLiteral("waiting")].toInt(), 1);
    QVERIFY(first[QStringLiteral("parked_at")].isNull());

    QStringList paged;
    QString query = QStringLiteral("?limit=1");
    for (int page = 0; page < 3; ++page) {
        const auto reply = m_fixture.call("GET", path + query);
        QCOMPARE(keysOf(reply).size(), 1);
        paged += keysOf(reply);
        const auto next = reply.json[QStringLiteral("next_cursor")];
        QCOMPARE(next.isNull(), page == 2);
        query = QStringLiteral("?limit=1&cursor=") + next.toString();
    }
    m_fixture.actAs(Role::Admin);
    QCOMPARE(paged, keysOf(all));
}

void LanesTest::releasesAParkedKey()
{
    const QString head = m_fixture.addMessage(R"(,"key":"stuck")");
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET state = 'dead', attempts = 1, "
                                           "next_attempt_at = NULL, finished_at = now() WHERE id = '%1'")
                                .arg(head));
    m_fixture.database.exec(QStringLiteral("INSERT INTO punctual.parked_keys (destination, key, message_id) "
                                           "VALUES ('orders', 'stuck', '%1')")
                                .arg(head));
    const QString path = QStringLiteral("/v1/destinations/orders/keys");
    const auto listed = m_fixture.call("GET", path).json[QStringLiteral("items")][0];
    QCOMPARE(listed[QStringLiteral("key")].toString(), QStringLiteral("stuck"));
    QCOMPARE(listed[QStringLiteral("head")][QStringLiteral("id")].toString(), head);
    QVERIFY(listed[QStringLiteral("parked_at")].isString());

    m_fixture.actAs(Role::Operator);
    const QByteArray body = R"({"key":"stuck","reason":"mended"})";
    const auto released = m_fixture.call("POST", path + QStringLiteral("/release"), body);
    const auto again = m_fixture.call("POST", path + QStringLiteral("/release"), body);
    m_fixture.actAs(Role::Admin);
    QCOMPARE(released.status, 204);
    QVERIFY(released.body.isEmpty());
    QCOMPARE(again.status, 404);
    QCOMPARE(again.problem(), QStringLiteral("not-found"));
    QCOMPARE(keysOf(m_fixture.call("GET", path)), QStringList());
    QCOMPARE(
        m_fixture.database.value(QStringLiteral("SELECT reason FROM punctual.audit WHERE action = 'release'"))
            .toString(),
        QStringLiteral("mended"));
}

void LanesTest::forecasts()
{
    const QString path = QStringLiteral("/v1/destinations/tight");
    QCOMPARE(m_fixture.call("PUT", path, R"({"url":"https://x.example","quota":{"limit":1,"per":"month"}})")
                 .status,
             201);
    const QByteArray body = R"({"destination":"tight","payload":1,"delay_ms":7200000})";
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_fixture.call("POST", QStringLiteral("/v1/messages"), body).status, 201);
    m_fixture.actAs(Role::Viewer);
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/forecast?destination=tight&hours=4"));
    const auto all = m_fixture.call("GET", QStringLiteral("/v1/forecast"));
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 200);
    const auto items = reply.json[QStringLiteral("items")].toArray();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0][QStringLiteral("destination")].toString(), QStringLiteral("tight"));
    QVERIFY(items[0][QStringLiteral("quota_runs_out_at")].isString());
    const auto hours = items[0][QStringLiteral("hours")].toArray();
    QCOMPARE(hours.size(), 4);
    qint64 due = 0;
    for (const auto& hour : hours)
        due += hour[QStringLiteral("due")].toInteger();
    QCOMPARE(due, 3);
    QVERIFY(all.json[QStringLiteral("items")].toArray().size() >= 3); // echo too
    QCOMPARE(all.json[QStringLiteral("items")][0][QStringLiteral("hours")].toArray().size(), 24);
}

void LanesTest::showsTheQuota()
{
    m_fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.quota_statistics (minute, destination, used, quota, resets_at) "
        "SELECT date_trunc('minute', now()) - n * interval '30 hours', 'guarded', 10 * n, 100000, "
        "now() + interval '1 hour' FROM generate_series(0, 1) n"));
    m_fixture.database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET quota_used = 99999, quota_resets_at = now() + interval '1 minute' "
        "WHERE destination = 'guarded'"));
    const QString path = guarded + QStringLiteral("/quota");
    m_fixture.actAs(Role::Viewer);
    const auto reply = m_fixture.call("GET", path);
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 200);
    const auto now = reply.json[QStringLiteral("now")];
    QCOMPARE(now[QStringLiteral("limit")].toInteger(), 100'000);
    QCOMPARE(now[QStringLiteral("used")].toInteger(), 99'999);
    QVERIFY(now[QStringLiteral("resets_at")].isString());
    QCOMPARE(reply.json[QStringLiteral("items")].toArray().size(), 1); // the other is older than a day
    QCOMPARE(reply.json[QStringLiteral("items")][0][QStringLiteral("limit")].toInteger(), 100'000);
    const QString longer = QDateTime::currentDateTimeUtc().addDays(-3).toString(Qt::ISODate);
    const auto more = m_fixture.call("GET", path + QStringLiteral("?from=") + longer);
    QCOMPARE(more.json[QStringLiteral("items")].toArray().size(), 2);
    QCOMPARE(more.json[QStringLiteral("items")][0][QStringLiteral("used")].toInteger(),
             10); // the oldest first

    const auto none = m_fixture.call("GET", QStringLiteral("/v1/destinations/orders/quota"));
    QCOMPARE(none.status, 200);
    QVERIFY(none.json[QStringLiteral("now")].isNull());
}

void LanesTest::namesWrongParameters_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* name, const char* method, const char* path, const char* body,
                        const char* pointer) {
        QTest::newRow(name) << QByteArray(method) << QString::fromLatin1(path) << QByteArray(body)
                            << QStringList{QString::fromLatin1(pointer)};
    };
    row("a limit of keys", "GET", "/v1/destinations/orders/keys?limit=0", "", "/limit");
    row("a cursor that is none", "GET", "/v1/destinations/orders/keys?cursor=%21", "", "/cursor");
    row("a cursor with a NUL", "GET", "/v1/destinations/orders/keys?cursor=AA", "", "/cursor");
    row("no key", "POST", "/v1/destinations/orders/keys/release", "{}", "/key");
    row("a key that is no text", "POST", "/v1/destinations/orders/keys/release", R"({"key":7})", "/key");
    row("no hours", "GET", "/v1/forecast?hours=0", "", "/hours");
    row("too many hours", "GET", "/v1/forecast?hours=241", "", "/hours");
    row("an end before the beginning", "GET",
        "/v1/destinations/orders/quota?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "", "/from");
    row("a long history", "GET",
        "/v1/destinations/orders/quota?from=2026-01-01T00:00:00Z&until=2026-03-01T00:00:00Z", "", "/from");
}

void LanesTest::namesWrongParameters()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const auto reply = m_fixture.call(method, path, body);
    QCOMPARE(reply.status, 422);
    QTEST(reply.pointers(), "pointers");
}

void LanesTest::saysWhatIsNotThere_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("keys") << QByteArray("GET") << QStringLiteral("/v1/destinations/nowhere/keys")
                          << QByteArray();
    QTest::newRow("a release") << QByteArray("POST")
                               << QStringLiteral("/v1/destinations/nowhere/keys/release")
                               << QByteArray(R"({"key":"a"})");
    QTest::newRow("a quota") << QByteArray("GET") << QStringLiteral("/v1/destinations/nowhere/quota")
                             << QByteArray();
    QTest::newRow("a forecast") << QByteArray("GET") << QStringLiteral("/v1/forecast?destination=nowhere")
                                << QByteArray();
}

void LanesTest::saysWhatIsNotThere()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const auto reply = m_fixture.call(method, path, body);
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.problem(), QStringLiteral("not-found"));
}

PUNCTUAL_TEST(LanesTest)
#include "lanes_test.moc"
