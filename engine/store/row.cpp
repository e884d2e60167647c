// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/row.h"

#include "core/destination_json.h"

#include <QJsonDocument>

namespace punctual::store
{

const QLatin1StringView destinationColumns(
    "d.name, d.settings::text, d.secrets, d.paused_until IS NOT NULL, punctual.micros(d.paused_until), "
    "d.pause_reason, d.paused_by, d.built_in, d.version, punctual.micros(d.created_at), "
    "punctual.micros(d.updated_at), l.quota_used, punctual.micros(l.quota_resets_at), l.breaker_state, "
    "punctual.micros(l.breaker_until), l.breaker_cause, punctual.micros(l.held_until), l.held_because, "
    "l.provider_limit, l.provider_remaining, punctual.micros(l.provider_resets_at)");

namespace
{

LaneStatus readLaneStatus(const QSqlQuery& row, int first)
{
    const auto number = [&](int column) {
        return row.isNull(first + column) ? std::nullopt
                                          : std::optional(row.value(first + column).toLongLong());
    };
    LaneStatus lane;
    lane.quotaUsed = number(0);
    lane.quotaResetsAt = optionalInstantAt(row, first + 1);
    lane.breaker = parseBreakerState(row.value(first + 2).toString());
    lane.breakerUntil = optionalInstantAt(row, first + 3);
    lane.breakerCause = row.value(first + 4).toString();
    lane.heldUntil = optionalInstantAt(row, first + 5);
    lane.heldBecause = row.value(first + 6).toString();
    lane.provider.limit = number(7);
    lane.provider.remaining = number(8);
    lane.provider.resetAt = optionalInstantAt(row, first + 9);
    return lane;
}

void openCredentials(Destination& destination, const QByteArray& sealed, const SecretBox& box)
{
    if (sealed.isEmpty())
        return;
    auto plain = box.open(sealed, destination.name.toUtf8());
    auto credentials = plain ? credentialsFromBytes(*plain) : tl::unexpected(plain.error());
    if (plain)
        wipe(*plain);
    if (!credentials) {
        credentials = Credentials{};
        credentials->unreadable =
            plain ? QStringLiteral("The sealed secrets are damaged.") : plain.error().detail;
    }
    giveCredentials(destination, std::move(*credentials));
}

} // namespace

QJsonObject objectAt(const QSqlQuery& row, int column)
{
    return QJsonDocument::fromJson(row.value(column).toByteArray()).object();
}

Destination readDestination(const QSqlQuery& row, const SecretBox& box)
{
    const auto settings = objectAt(row, 1);
    Destination destination = fromSettings(row.value(0).toString(), settings);
    openCredentials(destination, row.value(2).toByteArray(), box);
    if (row.value(3).toBool())
        destination.pause =
            Pause{optionalInstantAt(row, 4), row.value(5).toString(), row.value(6).toString()};
    destination.builtIn = row.value(7).toBool();
    destination.version = row.value(8).toLongLong();
    destination.createdAt = instantAt(row, 9);
    destination.updatedAt = instantAt(row, 10);
    destination.lane = readLaneStatus(row, 11);
    return destination;
}

} // namespace punctual::store
