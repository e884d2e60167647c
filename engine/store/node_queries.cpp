// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/node_queries.h"

#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/row.h"

namespace punctual::store
{

namespace
{

Result<int> selectInt(Connection& connection, const QString& sql, const QVariantList& values)
{
    int answer = 0;
    return connection.select(sql, values, [&](const QSqlQuery& row) { answer = row.value(0).toInt(); })
        .map([&] { return answer; });
}

QVariantList columnsOf(const NodeKey& node, const std::vector<AttemptRecord>& records)
{
    const auto n = records.size();
    ArrayLiteral ids(n), numbers(n), states(n), nexts(n), outcomes(n), statuses(n), errors(n), responses(n),
        latenesses(n), starts(n), ends(n);
    for (const auto& [attempt, state, nextAttemptAt] : records) {
        ids.add(attempt.message);
        numbers.add(qint64(attempt.number));
        states.add(toText(state));
        nexts.add(state == MessageState::Retrying ? std::optional(toMicroseconds(nextAttemptAt))
                                                  : std::nullopt);
        outcomes.add(toText(attempt.outcome));
        statuses.add(attempt.status != 0 ? std::optional(qint64(attempt.status)) : std::nullopt);
        errors.add(attempt.error.isEmpty() ? std::nullopt : std::optional(attempt.error));
        responses.add(attempt.response.isEmpty() ? std::nullopt : std::optional(attempt.response));
        latenesses.add(qint64(attempt.lateness.count()));
        starts.add(toMicroseconds(attempt.startedAt));
        ends.add(toMicroseconds(attempt.finishedAt));
    }
    return {toText(node.id),  ids.text(),        numbers.text(),  states.text(),
            nexts.text(),     outcomes.text(),   statuses.text(), errors.text(),
            responses.text(), latenesses.text(), starts.text(),   ends.text()};
}

} // namespace

Result<NodeKey> joinNode(Connection& connection, const QUuid& id, const QString& name)
{
    NodeKey node{id, 0};
    return connection
        .select(QStringLiteral("SELECT punctual.join_node(?, ?, ?)"),
                {toText(id), name, QStringLiteral(PUNCTUAL_VERSION)},
                [&](const QSqlQuery& row) { node.epoch = row.value(0).toLongLong(); })
        .map([&] { return node; });
}

Result<KeptShards> keepShards(Connection& connection, const NodeKey& node, Duration lease)
{
    KeptShards kept;
    return connection
        .select(QStringLiteral("SELECT punctual.keep_shards(?, ?, ? * interval '1 microsecond'), "
                               "punctual.micros(clock_timestamp())"),
                {toText(node.id), node.epoch, qint64(lease.count())},
                [&](const QSqlQuery& row) {
                    kept.leaseLost = row.isNull(0);
                    for (const auto& shard : readArray(row.value(0).toString()))
                        kept.shards.push_back(shard.toInt());
                    kept.databaseTime = instantAt(row, 1);
                })
        .map([&] { return std::move(kept); });
}

Result<void> leaveNode(Connection& connection, const NodeKey& node)
{
    return connection.run(QStringLiteral("SELECT punctual.leave_node(?)"), {toText(node.id)});
}

Result<std::vector<Waiting>> readAhead(Connection& connection, const NodeKey& node, Instant until,
                                       const std::vector<LaneRoom>& rooms)
{
    ArrayLiteral destinations(rooms.size()), priorities(rooms.size()), limits(rooms.size());
    for (const auto& room : rooms) {
        destinations.add(room.destination);
        priorities.add(toText(room.priority));
        limits.add(qint64(room.most));
    }
    std::vector<Waiting> waiting;
    return connection
        .select(
            QStringLiteral("SELECT lane, id, next_attempt_us FROM punctual.read_ahead(?, ?, ?, ?, ?)"),
            {toText(node.id), toMicroseconds(until), destinations.text(), priorities.text(), limits.text()},
            [&](const QSqlQuery& row) {
                waiting.push_back({row.value(0).toULongLong(), uuidAt(row, 1), instantAt(row, 2)});
            })
        .map([&] { return std::move(waiting); });
}

Result<std::vector<Claim>> claim(Connection& connection, const NodeKey& node,
                                 const std::vector<MessageId>& ids, Duration ahead)
{
    std::vector<Claim> claims;
    claims.reserve(ids.size());
    return connection
        .select(QStringLiteral("SELECT id, attempt, max_attempts, due_us, planned_us, deadline_us, headers, "
                               "content_type, body "
                               "FROM punctual.claim(?, ?, ?, ?)"),
                {toText(node.id), node.epoch, arrayOf(ids), qint64(ahead.count())},
                [&](const QSqlQuery& row) {
                    claims.push_back({uuidAt(row, 0), row.value(1).toInt(), row.value(2).toInt(),
                                      instantAt(row, 3), instantAt(row, 4), instantAt(row, 5),
                                      Content{row.value(8).toByteArray(), row.value(7).toByteArray(),
                                              row.isNull(6) ? std::vector<Header>{}
                                                            : readHeaders(row.value(6).toByteArray())}});
                })
        .map([&] { return std::move(claims); });
}

Result<std::size_t> record(Connection& connection, const NodeKey& node,
                           const std::vector<AttemptRecord>& records)
{
    std::size_t count = 0;
    return connection
        .select(QStringLiteral("SELECT count(*) FROM punctual.record(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                columnsOf(node, records), [&](const QSqlQuery& row) { count = row.value(0).toULongLong(); })
        .map([&] { return count; });
}

Result<int> rescue(Connection& connection, const NodeKey& node, const std::vector<MessageId>& inFlight,
                   int limit)
{
    return selectInt(connection, QStringLiteral("SELECT punctual.rescue(?, ?, ?, ?)"),
                     {toText(node.id), node.epoch, arrayOf(inFlight), limit});
}

Result<int> expire(Connection& connection, const NodeKey& node, int limit)
{
    return selectInt(connection, QStringLiteral("SELECT punctual.expire(?, ?, ?)"),
                     {toText(node.id), node.epoch, limit});
}

Result<void> foldCounters(Connection& connection)
{
    return connection.run(QStringLiteral("SELECT punctual.fold_counters()"));
}

Result<void> tidy(Connection& connection)
{
    return connection.run(QStringLiteral("SELECT punctual.tidy(), punctual.make_partitions(7)"));
}

} // namespace punctual::store
