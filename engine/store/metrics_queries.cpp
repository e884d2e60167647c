// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/metrics_queries.h"

#include "store/message_queries.h"
#include "store/row.h"

#include <algorithm>

namespace punctual::store
{

namespace
{

std::optional<qint64> optionalNumberAt(const QSqlQuery& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.value(column).toLongLong());
}

template <class Numbers, class Take>
void readNumbers(const QVariant& array, Numbers& into, const Take& take)
{
    const auto words = readArray(array.toString());
    for (std::size_t i = 0; i < std::min(words.size(), into.size()); ++i)
        into[i] = take(words[i].toLongLong());
}

/// Its attempts, rules and pauses; the messages come apart.
DestinationMetrics readDestinationMetrics(const QSqlQuery& row)
{
    DestinationMetrics read;
    read.name = row.value(0).toString();
    int column = 1;
    for (const auto state :
         {MessageState::Delivered, MessageState::Retrying, MessageState::Dead, MessageState::Unknown})
        read.attempts[state] = row.value(column++).toLongLong();
    read.lateness = Duration(row.value(5).toLongLong());
    LatenessHistogram::Counts counts{};
    readNumbers(row.value(6), counts, [](qint64 count) { return count; });
    read.histogram.add(counts);
    readNumbers(row.value(12), read.latenessParts, [](qint64 time) { return Duration(time); });
    read.quotaLimit = optionalNumberAt(row, 7);
    if (read.quotaLimit)
        read.quotaUsed = row.value(8).toLongLong();
    read.breaker = parseBreakerState(row.value(9).toString());
    read.paused = row.value(10).toBool();
    read.held = row.value(11).toBool();
    return read;
}

Result<void> readDestinations(Connection& connection, Metrics& metrics)
{
    // What was used counts in the period that it was used in.
    return connection.select(
        QStringLiteral(
            "SELECT d.name, coalesce(t.delivered, 0), coalesce(t.retrying, 0), coalesce(t.dead, 0), "
            "coalesce(t.unknown, 0), coalesce(t.lateness_us, 0), t.counts, (d.settings #>> "
            "'{quota,limit}')::bigint, CASE WHEN l.quota_resets_at > now() THEN coalesce(l.quota_used, 0) "
            "ELSE 0 "
            "END, l.breaker_state, coalesce(d.paused_until > now(), false), coalesce(l.held_until > now(), "
            "false), t.parts_us "
            "FROM punctual.destinations d "
            "LEFT JOIN punctual.delivery_totals t ON t.destination = d.name "
            "LEFT JOIN punctual.lanes l ON l.destination = d.name ORDER BY d.created_at, d.name"),
        {}, [&](const QSqlQuery& row) { metrics.destinations.push_back(readDestinationMetrics(row)); });
}

Result<void> readMessages(Connection& connection, Metrics& metrics)
{
    std::map<QString, DestinationMetrics*> byName;
    for (auto& destination : metrics.destinations)
        byName[destination.name] = &destination;
    return connection.select(
        QStringLiteral("SELECT c.destination, c.state, sum(c.count) FROM ("
                       "SELECT destination, state, count FROM punctual.counters "
                       "UNION ALL SELECT destination, state, change FROM punctual.counter_changes) AS c "
                       "GROUP BY c.destination, c.state"),
        {}, [&](const QSqlQuery& row) {
            const auto destination = byName.find(row.value(0).toString());
            const auto state = parseMessageState(row.value(1).toString());
            if (state && destination != byName.end())
                destination->second->messages[*state] = row.value(2).toLongLong();
        });
}

Result<void> readHealth(Connection& connection, Metrics& metrics)
{
    return connection.select(
        QStringLiteral("SELECT pg_database_size(current_database()), connections, most_connections, "
                       "coalesce(punctual.micros(clock_timestamp()) - oldest_us, 0), live_rows, dead_rows "
                       "FROM punctual.database_health()"),
        {}, [&](const QSqlQuery& row) {
            metrics.database = {row.value(0).toLongLong(), row.value(1).toLongLong(),
                                row.value(2).toLongLong(), Duration(row.value(3).toLongLong()),
                                row.value(4).toLongLong(), row.value(5).toLongLong()};
        });
}

} // namespace

Result<Metrics> metrics(Connection& connection)
{
    Metrics metrics;
    return readDestinations(connection, metrics)
        .and_then([&] { return readMessages(connection, metrics); })
        .and_then([&] { return readHealth(connection, metrics); })
        .and_then([&] { return status(connection); })
        .map([&](SystemStatus status) {
            metrics.nodes = std::move(status.nodes);
            return std::move(metrics);
        });
}

} // namespace punctual::store
