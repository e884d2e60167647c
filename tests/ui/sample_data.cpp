// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_data.h"

#include <cmath>

namespace punctual::test
{

using namespace std::chrono_literals;

namespace
{

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

void addDeadLetters(Fixture& fixture)
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 160; ++i)
        messages.push_back(messageFor(QStringLiteral("invoices"), Duration(9 * 24h)));
    schedule(fixture, messages);
    fixture.database.exec(QStringLiteral(R"sql(
        UPDATE punctual.messages m
        SET state = 'dead', attempts = 5, next_attempt_at = NULL, due_at = now() - interval '1 day',
            finished_at = now() - c.n ^ 2 * interval '3 seconds', last_status = k.status, last_error = k.error,
            fingerprint = punctual.fingerprint(m.destination, k.status, k.error)
        FROM (SELECT id, row_number() OVER () AS n FROM punctual.messages WHERE destination = 'invoices') AS c
        JOIN (VALUES (0, 422, 'the customer of this invoice is blocked'), (1, 404, NULL),
                     (2, 503, 'try again later')) AS k (remainder, status, error) ON c.n * c.n / 20 % 3 = k.remainder
        WHERE m.id = c.id)sql"));
    fixture.database.exec(QStringLiteral(R"sql(
        INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, started_at,
                                       finished_at, response)
        SELECT m.id, i, md5('n')::uuid, 'refused', m.last_status, 900, m.finished_at - i * interval '1 minute',
               m.finished_at - i * interval '59 seconds', convert_to('{"error":"no such invoice"}', 'UTF8')
        FROM punctual.messages m CROSS JOIN generate_series(1, 3) AS i WHERE m.state = 'dead')sql"));
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
