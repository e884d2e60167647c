// SPDX-License-Identifier: GPL-3.0-or-later
// Messages, their decisions, and why they wait.
#include "core/lateness.h"
#include "core/message_state.h"
#include "walk.h"

#include <QTest>

namespace punctual::test
{

namespace
{

const QString messages = QStringLiteral("/v1/messages");
const QString one = QStringLiteral("/v1/messages/%1");

/// The literal of a histogram without attempts.
QString noCounts()
{
    const QStringList counts(LatenessHistogram::Counts().size(), QStringLiteral("0"));
    return QStringLiteral("'{%1}'").arg(counts.join(u','));
}

/// A key that was used for something else.
void reuseKey(Walk& walk, const QString& path, int status, const QByteArray& body, const QByteArray& other)
{
    const ApiFixture::Headers keyed{{"Idempotency-Key", path.toLatin1()}};
    walk.expect(status, "POST", path, body, keyed);
    walk.expect(status, "POST", path, body, keyed);
    walk.expect(422, "POST", path, other, keyed);
}

void createAll(Walk& walk)
{
    const auto created = walk.post(201, messages, R"({"destination":"orders","delay_ms":3600000,
        "payload":{"order":7},"priority":"low","key":"k","tags":["promo"],"headers":{"X-Campaign":"xmas"},
        "expires_after_ms":600000,"retry":{"factor":3,"max_attempts":4}})");
    walk.get(one.arg(idIn(created)));
    walk.post(201, messages,
              R"({"destination":"orders","delay_ms":3600000,"body":"a text","priority":"high"})");
    walk.post(201, messages,
              R"({"destination":"orders","delay_ms":3600000,"body_base64":"//79","max_attempts":3,
        "content_type":"application/octet-stream"})");
    reuseKey(walk, messages, 201, R"({"destination":"orders","delay_ms":3600000,"payload":1})",
             R"({"destination":"orders","delay_ms":3600000,"payload":2})");
    reuseKey(walk, messages + QStringLiteral("/batch"), 201,
             R"({"messages":[{"destination":"orders","delay_ms":3600000,"payload":1}]})",
             R"({"messages":[{"destination":"orders","delay_ms":3600000,"payload":2}]})");
}

void changeOne(Walk& walk)
{
    const QString path = one.arg(walk.fixture.addMessage());
    walk.expect(200, "PATCH", path,
                R"({"due_at":")" + inAMonth() + R"(","priority":"high","reason":"later"})");
    walk.expect(200, "PATCH", path, R"({"payload":[1],"headers":{"X-A":"b"},"tags":["a"],"max_attempts":9})");
    walk.expect(200, "PATCH", path,
                R"({"body":"x","content_type":"text/plain","delay_ms":7200000,"expires_after_ms":null})");
    walk.expect(412, "PATCH", path, R"({"priority":"low"})", {{"If-Match", "\"1\""}});
    walk.expect(200, "DELETE", path);
    walk.expect(409, "PATCH", path, R"({"priority":"low"})");
}

} // namespace

void walkMessages(Walk& walk)
{
    createAll(walk);
    changeOne(walk);
    for (const auto state : allMessageStates)
        walk.messageIn(QString(toText(state)));
    const QString dead = walk.messageIn(QStringLiteral("dead"));
    walk.fixture.database.exec(
        QStringLiteral(
            "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, error, response, "
            "lateness_us, "
            "started_at, finished_at) SELECT '%1', n, gen_random_uuid(), o, 500, 'no stock', 'sorry', 1500, "
            "now(), "
            "now() FROM unnest('{delivered,failed,refused,unknown}'::text[]) WITH ORDINALITY AS u (o, n)")
            .arg(dead));
    walk.get(one.arg(dead) + QStringLiteral("/attempts"));
    walk.get(one.arg(dead) + QStringLiteral("/attempts?limit=1"));
    walk.get(QStringLiteral("/v1/messages?limit=2"));
    walk.get(messages);
    const QString replay = one.arg(dead) + QStringLiteral("/replay");
    reuseKey(walk, replay, 201, R"({"delay_ms":60000,"payload":1,"reason":"fixed"})", R"({"delay_ms":1})");
    walk.get(one.arg(dead));
    walk.messageIn(QStringLiteral("dead"), R"(,"key":"other")");
    walk.fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET fingerprint = fingerprint || '2' "
                                              "WHERE key = 'other'"));
    walk.get(QStringLiteral("/v1/dead-letters?limit=1"));
}

/// Every verdict comes.
void walkDecisions(Walk& walk)
{
    const auto resolve = [&](int status, const QString& id, const char* state) {
        walk.post(status, one.arg(id) + QStringLiteral("/resolve"),
                  R"({"state":")" + QByteArray(state) + R"(","reason":"they have it"})");
    };
    for (const auto state : allMessageStates) {
        const QString id = walk.messageIn(QString(toText(state)));
        if (state == MessageState::Unknown)
            walk.expect(409, "PATCH", one.arg(id), R"({"priority":"low"})");
        else
            resolve(409, id, "dead");
    }
    for (const auto* state : {"delivered", "retrying", "dead"})
        resolve(200, walk.messageIn(QStringLiteral("unknown")), state);
    const QString id = walk.fixture.addMessage();
    const QString restore = one.arg(id) + QStringLiteral("/restore");
    walk.expect(200, "DELETE", one.arg(id) + QStringLiteral("?reason=no"));
    walk.post(200, restore, R"({"reason":"by mistake"})");
    walk.post(409, restore);
    walk.post(409, one.arg(id) + QStringLiteral("/replay"));
    walk.expect(409, "DELETE", one.arg(walk.messageIn(QStringLiteral("delivering"))));
}

/// Every cause that there is.
void walkWhy(Walk& walk)
{
    auto& database = walk.fixture.database;
    const auto ask = [&](const QString& id, const char* code) {
        const auto why = walk.get(one.arg(id) + QStringLiteral("/why"));
        if (why.json[QStringLiteral("code")].toString() != QLatin1StringView(code))
            QTest::qFail(qPrintable(QStringLiteral("not %1: ").arg(QLatin1StringView(code)) +
                                    QString::fromUtf8(why.body)),
                         __FILE__, __LINE__);
    };
    const auto due = [&](const QByteArray& more, const char* ago = "1 second") {
        const QString id = walk.fixture.addMessage(more);
        database.exec(QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '%2', "
                                     "next_attempt_at = now() - interval '%2' WHERE id = '%1'")
                          .arg(id, QString::fromLatin1(ago)));
        return id;
    };
    const auto lane = [&](const char* settings) {
        database.exec(QStringLiteral("UPDATE punctual.lanes SET %1 WHERE destination = 'orders'")
                          .arg(QString::fromLatin1(settings)));
    };
    const QString orders = QStringLiteral("/v1/destinations/orders");
    const QString id = due({});
    ask(id, "no_node");
    walk.addNode();
    ask(id, "leaving");
    ask(walk.fixture.addMessage(), "not_due");
    for (const auto* state : {"unknown", "delivering"})
        ask(walk.messageIn(QString::fromLatin1(state)), state);
    ask(walk.messageIn(QStringLiteral("dead")), "over");
    const QString first = due(R"(,"key":"behind")", "2 seconds");
    ask(due(R"(,"key":"behind")"), "behind");
    database.exec(QStringLiteral("INSERT INTO punctual.parked_keys (destination, key, message_id) "
                                 "VALUES ('orders', 'behind', '%1')")
                      .arg(first));
    ask(first, "key_parked");
    walk.post(200, orders + QStringLiteral("/pause"),
              R"({"until":"2099-01-01T00:00:00Z","reason":"stock taking"})");
    ask(id, "paused");
    walk.post(200, orders + QStringLiteral("/resume"));
    lane("breaker_state = 'open', breaker_until = now() + interval '1 hour', breaker_cause = 'all failed'");
    ask(id, "breaker_open");
    lane("breaker_state = 'closed', breaker_until = NULL, held_until = now() + interval '1 hour', "
         "held_because = 'Retry-After'");
    ask(id, "held");
    walk.expect(200, "PATCH", orders, R"({"quota":{"limit":10,"per":"hour"}})");
    lane("held_until = NULL, quota_used = 10, quota_resets_at = now() + interval '1 hour'");
    ask(id, "quota");
    walk.expect(200, "PATCH", orders,
                R"({"quota":null,"rate_limit":{"limit":1,"per_ms":1000},"max_concurrency":1000})");
    ask(due({}, "2 days"), "rate_limit");
    walk.expect(200, "PATCH", orders, R"({"rate_limit":null,"max_concurrency":1})");
    database.exec(QStringLiteral("INSERT INTO punctual.counter_changes (destination, state, change) "
                                 "VALUES ('orders', 'delivering', 1)"));
    ask(id, "no_slot");
    walk.expect(200, "PATCH", orders, R"({"max_concurrency":1000})");
    database.exec(
        QStringLiteral(
            "SELECT punctual.add_statistics(gen_random_uuid(), ARRAY[extract(epoch FROM now())::bigint - 2], "
            "ARRAY['orders'], ARRAY[1], ARRAY[1], ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[4500], "
            "ARRAY['{0,0,0,0,0,60000000,0}'], ARRAY[%1])")
            .arg(noCounts()));
    ask(due({}, "3 days"), "database_slow");
    database.exec(
        QStringLiteral("UPDATE punctual.nodes SET locked = '{\"orders\": \"the key is not here\"}'"));
    ask(id, "locked");
}

} // namespace punctual::test
