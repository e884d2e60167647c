// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_data.h"

#include <cmath>

using namespace std::chrono_literals;

namespace punctual::test
{

namespace
{

void put(Fixture& fixture, const Destination& destination)
{
    const auto stored = await<client::PutDestination>([&](QObject* context, auto answer) {
        fixture.client.put(fixture.workspace.actor, destination, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

void schedule(Fixture& fixture, const std::vector<NewMessage>& messages)
{
    const auto stored = await<client::Scheduled>([&](QObject* context, auto answer) {
        fixture.client.schedule(fixture.workspace.actor, messages, std::nullopt, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

void startOperation(Fixture& fixture, const NewOperation& wanted, const QString& reason)
{
    auto actor = fixture.workspace.actor;
    actor.reason = reason;
    const auto started = await<Operation>([&](QObject* context, auto answer) {
        fixture.client.startOperation(actor, wanted, context, answer);
    });
    if (!started)
        qFatal("%s", qPrintable(started.error().detail));
}

} // namespace

/// Thirty days of figures, ending now.
void addHistory(TestDatabase& database)
{
    const QString counts = QStringLiteral("ARRAY[n*55/100, n*25/100, n*10/100, n*4/100, n*3/100, n*2/100, "
                                          "n/100, 0, n/200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
                                          "0, 0, 0, 0]::bigint[]");
    const auto wave = [](const QString& time, int period) {
        return QStringLiteral("(400 + 250 * sin(extract(epoch FROM %1) / %2) + 60 * random())::bigint")
            .arg(time)
            .arg(period);
    };
    database.exec(
        QStringLiteral("INSERT INTO punctual.delivery_statistics SELECT t, 'orders', md5('n')::uuid, n, "
                       "n - n/50 - n/400, n/50, n/400, 0, n*900, 40000 + (random()*60000)::bigint, "
                       "'{0,0,0,0,0,0,0}', %1 FROM (SELECT t, %2 AS n FROM generate_series("
                       "date_trunc('second', now()) - interval '1 hour', now(), '1 second') t) s")
            .arg(counts, wave(QStringLiteral("t"), 60)));
    database.exec(
        QStringLiteral("INSERT INTO punctual.delivery_minutes SELECT t, 'orders', md5('n')::uuid, n, "
                       "n - n/50 - n/400, n/50, n/400, 0, 40000 + (random()*600000)::bigint, %1 FROM "
                       "(SELECT t, 60 * %2 AS n FROM generate_series(date_trunc('minute', now()) - "
                       "interval '30 days', now(), '1 minute') t) s")
            .arg(counts, wave(QStringLiteral("t"), 14'000)));
    database.exec(QStringLiteral(
        "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, started_at, "
        "finished_at) SELECT gen_random_uuid(), 1, md5('n')::uuid, CASE WHEN random() < 0.1 THEN 'unknown' "
        "ELSE "
        "'failed' END, (ARRAY[429, 503, 500, 408, NULL])[1 + floor(random() * 5)::int], 900, t, t "
        "FROM generate_series(now() - interval '1 hour', now(), '0.2 seconds') t"));
}

void addQuota(TestDatabase& database)
{
    database.exec(QStringLiteral(
        "INSERT INTO punctual.quota_statistics SELECT t, 'orders', (extract(epoch FROM t - date_trunc('day', "
        "t, "
        "'UTC')) * 0.9)::bigint, 100000, date_trunc('day', t, 'UTC') + interval '1 day' FROM generate_series("
        "date_trunc('minute', now()) - interval '2 days', now(), '1 minute') t ON CONFLICT DO NOTHING"));
    database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET version = version + 1, quota_used = (extract(epoch FROM now() - "
        "date_trunc('day', now(), 'UTC')) * 0.9)::bigint, quota_resets_at = date_trunc('day', now(), 'UTC') "
        "+ "
        "interval '1 day' WHERE destination = 'orders'"));
    database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET breaker_state = 'open', breaker_until = now() + interval '9 minutes', "
        "breaker_cause = '10 failures in a row, the last one: connection refused' WHERE destination = "
        "'invoices'"));
}

void addDestinations(Fixture& fixture, const QString& url)
{
    auto orders = destinationAt(url, QStringLiteral("orders"));
    orders.quota = Quota{100'000, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
    orders.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 100, 1s, 100};
    orders.credentials.signingSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    orders.headers = {{"X-Campaign", "spring"}};
    put(fixture, orders);
    auto invoices = destinationAt(url, QStringLiteral("invoices"));
    invoices.circuitBreaker = CircuitBreakerSettings{};
    put(fixture, invoices);
    put(fixture, destinationAt(url, QStringLiteral("newsletter")));
    for (const auto& name : {QStringLiteral("sms"), QStringLiteral("push"), QStringLiteral("webhooks")}) {
        auto slow = destinationAt(url, name);
        slow.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 20, 1h, 20};
        put(fixture, slow);
    }
    auto actor = fixture.workspace.actor;
    actor.reason = QStringLiteral("their maintenance window, ticket 4711");
    const auto paused = await<Destination>([&](QObject* context, auto answer) {
        fixture.client.pause(actor, QStringLiteral("newsletter"), fixture.clock.now() + 2h, context, answer);
    });
    if (!paused)
        qFatal("%s", qPrintable(paused.error().detail));
}

void addMessages(Fixture& fixture)
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 3000; ++i) {
        const double hours = 24.0 * i / 3000;
        const int many = static_cast<int>(3 + 3 * std::sin(hours / 3));
        for (int j = 0; j < many; ++j)
            messages.push_back(messageFor(QStringLiteral("newsletter"),
                                          std::chrono::duration_cast<Duration>(
                                              std::chrono::duration<double, std::ratio<3600>>(hours))));
    }
    for (int i = 0; i < 200; ++i) {
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(20ms * i)));
        messages.back().tags = {i % 2 == 0 ? QStringLiteral("promo") : QStringLiteral("spring")};
        messages.back().key = QStringLiteral("customer-%1").arg(i);
        messages.back().content.headers = {{"X-Campaign", "spring"}};
        messages.back().content.body =
            "{\"order\":7,\"paid\":true,\"items\":[\"tea\",\"cups\"],\"total\":12.50}";
    }
    const auto stored = await<client::Scheduled>([&](QObject* context, auto answer) {
        fixture.client.schedule(fixture.workspace.actor, messages, std::nullopt, context, answer);
    });
    if (!stored)
        qFatal("%s", qPrintable(stored.error().detail));
}

/// Ten days of messages for destinations that take only some of them in time.
void addForecast(Fixture& fixture)
{
    std::vector<NewMessage> messages;
    for (int hour = 1; hour < 240; ++hour) {
        const auto add = [&](const QString& name, double wanted) {
            for (int i = 0; i < static_cast<int>(wanted); ++i)
                messages.push_back(messageFor(name, Duration(1h * hour + 1min * (i % 60))));
        };
        const double day = std::sin((hour - 6) * 3.14159 / 12);
        add(QStringLiteral("sms"), 14 + 12 * day);
        add(QStringLiteral("push"), hour % 24 == 9 ? 65 : 4);
        add(QStringLiteral("webhooks"), hour / 24 == 4 ? 32 : 6);
    }
    schedule(fixture, messages);
}

/// Dead letters of three kinds, the latest of them with what was answered.
void addDeadLetters(Fixture& fixture)
{
    schedule(fixture, std::vector<NewMessage>(1, messageFor(QStringLiteral("invoices"), Duration(1h))));
    std::vector<NewMessage> messages;
    for (int i = 0; i < 160; ++i)
        messages.push_back(messageFor(QStringLiteral("invoices"), Duration(9 * 24h)));
    schedule(fixture, messages);
    fixture.database.exec(QStringLiteral(
        "UPDATE punctual.messages m SET state = 'dead', attempts = 5, next_attempt_at = NULL, "
        "finished_at = now() - ((n % 100) ^ 2) * interval '8.5 seconds', last_status = k.status, "
        "last_error = k.error, due_at = now() - interval '1 day', "
        "fingerprint = punctual.fingerprint(m.destination, k.status, k.error) "
        "FROM (SELECT id, row_number() OVER () AS n FROM punctual.messages WHERE destination = 'invoices' "
        "AND due_at > now() + interval '8 days') AS c JOIN (VALUES (0, 422, 'the customer of this invoice is "
        "blocked'), (1, 404, NULL), (2, 503, 'try again later')) AS k (r, status, error) ON c.n * c.n % 3 = "
        "k.r OR "
        "(c.n % 40 = 7 AND k.r = 2) WHERE m.id = c.id"));
    fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, started_at, "
        "finished_at, response) SELECT m.id, i, md5('n')::uuid, 'refused', m.last_status, 900, m.finished_at "
        "- "
        "i * interval '1 minute', m.finished_at - i * interval '59 seconds', "
        "convert_to('{\"error\":\"the customer of this invoice is blocked\"}', 'UTF8') "
        "FROM punctual.messages m CROSS JOIN generate_series(1, 3) AS i WHERE m.state = 'dead'"));
}

void addOperations(Fixture& fixture)
{
    const Instant now = fixture.clock.now();
    startOperation(fixture,
                   {.action = OperationAction::Cancel,
                    .filter = {.destination = QStringLiteral("newsletter"), .dueAfter = now + 20h}},
                   QStringLiteral("the campaign ends earlier, ticket 4711"));
    startOperation(
        fixture,
        {.action = OperationAction::Reschedule,
         .filter = {.destination = QStringLiteral("newsletter"), .dueAfter = now + 3h, .dueBefore = now + 4h},
         .shift = Duration(30min)},
        {});
    startOperation(fixture,
                   {.action = OperationAction::Cancel,
                    .filter = {.destination = QStringLiteral("webhooks")},
                    .perSecond = 4},
                   QStringLiteral("the customer asked for it"));
}

} // namespace punctual::test
