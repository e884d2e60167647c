// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/await.h"
#include "walk.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

namespace punctual::test
{

namespace
{

const QString destinations = QStringLiteral("/v1/destinations");
const QString rich = destinations + QStringLiteral("/rich");

QString dataFile(const char* name)
{
    QFile file(QStringLiteral(PUNCTUAL_API_TEST_DATA "/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
}

/// Every field, and every word of those that have some.
void putAll(Walk& walk)
{
    auto whole = QJsonDocument::fromJson(R"({"url":"https://api.example.com/hook","headers":{"X-A":"b"},
        "http2":true,"rate_limit":{"algorithm":"token_bucket","limit":100,"per_ms":1000,"burst":50},
        "quota":{"limit":100000,"per":"day","time_zone":"Asia/Singapore"},
        "circuit_breaker":{"failure_ratio":0.25,"consecutive_failures":3},
        "order":{"on_failure":"skip","skip_after":2},
        "batch":{"format":"ndjson","max_messages":10,"max_wait_ms":50},
        "authentication":{"type":"basic","username":"ann","password":"hush-hush"},
        "signing_secret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "previous_signing_secret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDI=",
        "retry":{"backoff":"list","delays_ms":[100,200],"max_age_ms":60000,"jitter":"full",
                 "retry_on":[429,"5xx"],"refuse_on":[501,"4xx"],"stop_on":["3xx"]},"on_unknown":"hold"})")
                     .object();
    whole.insert(QStringLiteral("tls"),
                 QJsonObject{{QStringLiteral("verify"), false},
                             {QStringLiteral("ca_certificate"), dataFile("certificate.pem")},
                             {QStringLiteral("client_certificate"), dataFile("certificate.pem")},
                             {QStringLiteral("client_key"), dataFile("key.pem")}});
    walk.expect(201, "PUT", rich, QJsonDocument(whole).toJson());
    const auto shown = walk.get(rich);
    walk.expect(200, "PUT", rich, shown.body); // what is shown may come back
    for (const auto* method : {"PUT", "PATCH"})
        walk.expect(412, method, rich, shown.body, {{"If-Match", "\"0\""}});
    const auto change = [&walk](const QByteArray& body) { walk.expect(200, "PATCH", rich, body); };
    change(R"({"authentication":{"type":"bearer","token":"hush"}})");
    change(R"({"authentication":{"type":"header","name":"X-Key","value":"hush"}})");
    change(R"({"batch":{"format":"json_array"},"order":{"on_failure":"park"}})");
    change(R"({"batch":null,"order":null})");
    for (const auto* method : {"PUT", "PATCH", "GET", "DELETE"})
        change(R"({"method":")" + QByteArray(method) + R"("})");
    for (const auto* algorithm : {"leaky_bucket", "fixed_window", "sliding_window", "sliding_log"})
        change(R"({"rate_limit":{"algorithm":")" + QByteArray(algorithm) + R"("}})");
    for (const auto* period : {"minute", "hour", "month"})
        change(R"({"quota":{"per":")" + QByteArray(period) + R"("}})");
    change(R"({"retry":{"backoff":"fixed","jitter":0.5}})");
    change(
        R"({"retry":{"backoff":"exponential"},"on_unknown":null,"signing_secret":null,"previous_signing_secret":null})");
}

/// One that waits is delivered meanwhile, another is not sent for a pause.
void test(Walk& walk)
{
    const QString path = rich + QStringLiteral("/test");
    const auto reply = walk.fixture.begin("POST", path, R"({"payload":{"a":1},"reason":"to see"})");
    const bool came = QTest::qWaitFor(
        [&] {
            return walk.fixture.database
                .value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE destination = 'rich'"))
                .toBool();
        },
        static_cast<int>(std::chrono::milliseconds(patience).count()));
    if (!came)
        return QTest::qFail("no message of the test is there", __FILE__, __LINE__);
    walk.fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, response, lateness_us, "
        "started_at, finished_at) SELECT id, 1, gen_random_uuid(), 'delivered', 200, 'yes', 1500, now(), "
        "now() "
        "FROM punctual.messages WHERE destination = 'rich'"));
    walk.fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages SET state = 'delivered', attempts = 1, last_status = 200, "
                       "next_attempt_at = NULL, finished_at = now() WHERE destination = 'rich'"));
    const auto tested = ApiFixture::finish(*reply);
    if (tested.status != 200 || !walk.check.check("POST", path, tested).isEmpty())
        QTest::qFail(tested.body.constData(), __FILE__, __LINE__);
    walk.post(200, rich + QStringLiteral("/pause"),
              R"({"until":"2099-01-01T00:00:00Z","reason":"stock taking"})");
    walk.post(200, path, R"({"body":"x","content_type":"text/plain","headers":{"X-A":"b"}})");
    walk.post(200, rich + QStringLiteral("/resume?reason=over"));
}

/// A server that has not got the key that secrets were sealed with.
void losesItsKey(Walk& walk)
{
    api::ServerOptions options;
    options.port = 0;
    auto address = walk.fixture.address();
    address.secretKeys = {SecretKey({8})};
    api::Server server(address, options);
    if (!server.start())
        return QTest::qFail("no second server", __FILE__, __LINE__);
    walk.fixture.talkTo(server.port());
    walk.expect(501, "PATCH", rich, R"({"timeout_ms":1000})");
    walk.fixture.talkTo(0);
}

} // namespace

void walkDestinations(Walk& walk)
{
    putAll(walk);
    test(walk);
    losesItsKey(walk);
    const QString echo = destinations + QStringLiteral("/echo");
    walk.expect(409, "PUT", echo, R"({"url":"https://api.example.com/hook"})");
    walk.expect(409, "PATCH", echo, R"({"max_concurrency":4})");
    walk.expect(409, "DELETE", echo);
    walk.fixture.addDestination(QStringLiteral("brief"));
    walk.expect(204, "DELETE", destinations + QStringLiteral("/brief?reason=over"));
    walk.get(destinations);
    walk.get(destinations + QStringLiteral("?limit=1"));
}

void walkLanes(Walk& walk)
{
    const auto lane = [&walk](const char* settings) {
        walk.fixture.database.exec(QStringLiteral("UPDATE punctual.lanes SET %1 WHERE destination = 'rich'")
                                       .arg(QString::fromLatin1(settings)));
        walk.get(rich);
    };
    lane("breaker_state = 'open', breaker_until = '2100-01-01 00:00Z', breaker_cause = 'all failed', "
         "held_until = '2100-01-01 00:00Z', held_because = 'Retry-After', quota_used = 99999, "
         "quota_resets_at = now() + interval '1 minute', provider_limit = 5, provider_remaining = 1, "
         "provider_resets_at = now() + interval '1 minute'");
    lane("breaker_state = 'half_open'");
    lane("breaker_state = 'closed'");
    lane("breaker_state = NULL");
    walk.fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.quota_statistics (minute, destination, used, quota, resets_at) VALUES "
        "(date_trunc('minute', now()), 'rich', 7, 100000, now() + interval '1 hour')"));
    walk.get(rich + QStringLiteral("/quota"));
    walk.expect(200, "PATCH", rich,
                R"({"quota":{"limit":1,"per":"month"},"rate_limit":{"limit":1,"per_ms":600000}})");
    for (int i = 0; i < 3; ++i)
        walk.post(201, QStringLiteral("/v1/messages"),
                  R"({"destination":"rich","payload":1,"delay_ms":7200000,"key":"a"})");
    walk.get(QStringLiteral("/v1/forecast?destination=rich&hours=4"));
    const QString keys = destinations + QStringLiteral("/rich/keys");
    walk.fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages m SET next_attempt_at = 'infinity', due_at = due_at + "
                       "interval '1 second' WHERE destination = 'rich' AND key = 'a' AND EXISTS (SELECT FROM "
                       "punctual.messages o WHERE o.key = 'a' AND o.destination = 'rich' AND o.id < m.id); "
                       "UPDATE punctual.messages SET state = 'retrying', last_error = 'no stock' WHERE "
                       "destination = 'rich' AND key = 'a' AND next_attempt_at < 'infinity'"));
    walk.get(keys);
    const QString head = walk.messageIn(QStringLiteral("dead"), R"(,"key":"stuck")");
    walk.messageIn(QStringLiteral("dead"), R"(,"key":"stuck2")");
    walk.fixture.database.exec(
        QStringLiteral("INSERT INTO punctual.parked_keys (destination, key, message_id) "
                       "VALUES ('orders', 'stuck', '%1'), ('orders', 'stuck2', '%1')")
            .arg(head));
    const QString parked = destinations + QStringLiteral("/orders/keys");
    walk.get(parked + QStringLiteral("?limit=1"));
    walk.post(204, parked + QStringLiteral("/release"), R"({"key":"stuck","reason":"mended"})");
}

} // namespace punctual::test
