// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/node_queries.h"

#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/row.h"

#include <QJsonDocument>

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

Parameters parametersOf(const NodeKey& node, const std::vector<AttemptRecord>& records)
{
    const auto n = records.size();
    ArrayParameter ids(SqlType::Uuid, n), numbers(SqlType::Integer, n), states(SqlType::Text, n),
        nexts(SqlType::Bigint, n), outcomes(SqlType::Text, n), statuses(SqlType::Integer, n),
        errors(SqlType::Text, n), responses(SqlType::Bytea, n), latenesses(SqlType::Bigint, n),
        starts(SqlType::Bigint, n), ends(SqlType::Bigint, n), destinations(SqlType::Text, n),
        keys(SqlType::Text, n);
    bool anyKey = false;
    for (const auto& [attempt, state, nextAttemptAt, destination, key] : records) {
        ids.add(attempt.message);
        numbers.add(attempt.number);
        states.add(toText(state));
        nexts.add(state == MessageState::Retrying ? std::optional(toMicroseconds(nextAttemptAt))
                                                  : std::nullopt);
        outcomes.add(toText(attempt.outcome));
        statuses.add(attempt.status != 0 ? std::optional(attempt.status) : std::nullopt);
        errors.add(attempt.error.isEmpty() ? std::nullopt : std::optional(attempt.error));
        responses.add(attempt.response.isEmpty() ? std::nullopt : std::optional(attempt.response));
        latenesses.add(qint64(attempt.lateness.count()));
        starts.add(toMicroseconds(attempt.startedAt));
        ends.add(toMicroseconds(attempt.finishedAt));
        anyKey = anyKey || !key.isEmpty();
        destinations.add(destination);
        keys.add(key.isEmpty() ? std::nullopt : std::optional(key));
    }
    Parameters parameters;
    parameters.add(node.id).add(std::move(ids)).add(std::move(numbers)).add(std::move(states));
    parameters.add(std::move(nexts)).add(std::move(outcomes)).add(std::move(statuses));
    parameters.add(std::move(errors)).add(std::move(responses)).add(std::move(latenesses));
    parameters.add(std::move(starts)).add(std::move(ends));
    if (anyKey)
        parameters.add(std::move(destinations)).add(std::move(keys));
    return parameters;
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

Result<KeptShards> keepShards(Connection& connection, const NodeKey& node, Duration lease,
                              std::optional<Duration> clockOffset, bool leaving,
                              const std::optional<QJsonObject>& locked)
{
    KeptShards kept;
    return connection
        .select(
            QStringLiteral(
                "SELECT punctual.keep_shards(?, ?, ? * interval '1 microsecond', ?, ?, CAST(? AS jsonb))"),
            {toText(node.id), node.epoch, qint64(lease.count()),
             clockOffset ? QVariant(qint64(clockOffset->count())) : QVariant(QMetaType(QMetaType::LongLong)),
             leaving,
             locked ? QVariant(QString::fromUtf8(QJsonDocument(*locked).toJson(QJsonDocument::Compact)))
                    : QVariant(QMetaType(QMetaType::QString))},
            [&](const QSqlQuery& row) {
                kept.leaseLost = row.isNull(0);
                for (const auto& shard : readArray(row.value(0).toString()))
                    kept.shards.push_back(shard.toInt());
            })
        .map([&] { return std::move(kept); });
}

Result<Instant> databaseTime(Connection& connection)
{
    Instant time;
    return connection
        .select(QStringLiteral("SELECT punctual.micros(clock_timestamp())"), {},
                [&](const QSqlQuery& row) { time = instantAt(row, 0); })
        .map([&] { return time; });
}

Result<void> leaveNode(Connection& connection, const NodeKey& node)
{
    return connection.run(QStringLiteral("SELECT punctual.leave_node(?)"), {toText(node.id)});
}

Result<std::vector<Waiting>> readAhead(Connection& connection, const NodeKey& node, Instant until,
                                       const std::vector<LaneRoom>& rooms)
{
    ArrayParameter destinations(SqlType::Text, rooms.size()), priorities(SqlType::Text, rooms.size()),
        limits(SqlType::Integer, rooms.size());
    for (const auto& room : rooms) {
        destinations.add(room.destination);
        priorities.add(toText(room.priority));
        limits.add(room.most);
    }
    Parameters parameters;
    parameters.add(node.id).add(toMicroseconds(until)).add(std::move(destinations));
    parameters.add(std::move(priorities)).add(std::move(limits));
    std::vector<Waiting> waiting;
    return connection
        .call("SELECT lane, id, next_attempt_us FROM punctual.read_ahead($1, $2, $3, $4, $5)", parameters,
              [&](const BinaryRow& row) {
                  waiting.push_back({static_cast<std::size_t>(row.bigint(0)), row.uuid(1), row.instant(2)});
              })
        .map([&] { return std::move(waiting); });
}

std::vector<DueSoon> readDueSoon(const QString& payload)
{
    std::vector<DueSoon> messages;
    for (const auto& line : QStringView(payload).split(u'\n', Qt::SkipEmptyParts)) {
        const auto words = line.split(u' ');
        const auto priority = words.size() == 5 ? parsePriority(words[2]) : std::nullopt;
        if (!priority)
            return {}; // of a later version
        messages.push_back({words[0].toInt(), words[4].toString(), *priority, QUuid::fromString(words[3]),
                            instantOf(words[1].toLongLong())});
    }
    return messages;
}

namespace
{

void openInto(Claim& claim, const QByteArray& headers, const QString& destination, const SecretBox& box)
{
    auto opened = openHeaders(headers, destination, box);
    if (opened)
        claim.content.headers = std::move(*opened);
    else
        claim.unreadable = opened.error().detail;
}

} // namespace

Result<std::vector<Claim>> claim(Connection& connection, const NodeKey& node,
                                 const std::vector<MessageId>& ids, Duration ahead)
{
    Parameters parameters;
    parameters.add(node.id).add(node.epoch).add(uuidArray(ids)).add(qint64(ahead.count()));
    std::vector<Claim> claims;
    claims.reserve(ids.size());
    return connection
        .call(
            "SELECT id, attempt, max_attempts, due_us, planned_us, deadline_us, key, headers, content_type, "
            "body, claimed_us, retry, destination "
            "FROM punctual.claim($1, $2, $3, $4)",
            parameters,
            [&](const BinaryRow& row) {
                claims.push_back({row.uuid(0), row.integer(1), row.integer(2), row.instant(3), row.instant(4),
                                  row.instant(5), row.isNull(6) ? QString() : QString::fromUtf8(row.bytes(6)),
                                  Content{row.bytes(9), row.bytes(8)}, row.instant(10),
                                  row.isNull(11) ? QByteArray() : row.bytes(11)});
                if (!row.isNull(7))
                    openInto(claims.back(), row.bytes(7), QString::fromUtf8(row.bytes(12)),
                             connection.secretBox());
            })
        .map([&] { return std::move(claims); });
}

Result<int> giveBack(Connection& connection, const NodeKey& node, const std::vector<MessageId>& ids)
{
    Parameters parameters;
    parameters.add(node.id).add(uuidArray(ids));
    int count = 0;
    return connection
        .call("SELECT punctual.give_back($1, $2)", parameters,
              [&](const BinaryRow& row) { count = row.integer(0); })
        .map([&] { return count; });
}

Result<std::size_t> record(Connection& connection, const NodeKey& node,
                           const std::vector<AttemptRecord>& records)
{
    std::size_t count = 0;
    const Parameters parameters = parametersOf(node, records);
    const char* const sql =
        parameters.size() == 12
            ? "SELECT count(*) FROM punctual.record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            : "SELECT count(*) FROM punctual.record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
              "$14)";
    return connection
        .call(sql, parameters, [&](const BinaryRow& row) { count = static_cast<std::size_t>(row.bigint(0)); })
        .map([&] { return count; });
}

Result<Rescued> rescue(Connection& connection, const NodeKey& node, const std::vector<MessageId>& inFlight,
                       bool others, int limit)
{
    Parameters parameters;
    parameters.add(node.id).add(node.epoch).add(uuidArray(inFlight)).add(others).add(qint32(limit));
    Rescued rescued;
    return connection
        .call("SELECT looked_at, over, rescued FROM punctual.rescue($1, $2, $3, $4, $5)", parameters,
              [&](const BinaryRow& row) {
                  rescued = {row.integer(0), row.integer(1), row.integer(2)};
              })
        .map([&] { return rescued; });
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

Result<void> sealAudit(Connection& connection)
{
    constexpr int rowsASeal = 10'000;
    constexpr int mostSeals = 10;
    for (int i = 0; i < mostSeals; ++i) {
        int sealed = 0;
        auto done = connection.select(QStringLiteral("SELECT punctual.seal_audit(?)"), {rowsASeal},
                                      [&](const QSqlQuery& row) { sealed = row.value(0).toInt(); });
        if (!done || sealed < rowsASeal)
            return done;
    }
    return {};
}

Result<void> tidy(Connection& connection)
{
    auto done = connection.run(QStringLiteral("SELECT punctual.tidy(), punctual.make_partitions(7)"));
    // A few at a time, so that between them everybody else gets on.
    for (int dropped = 1; done && dropped > 0;)
        done = selectInt(connection, QStringLiteral("SELECT punctual.drop_old_partitions()"), {})
                   .map([&](int count) { dropped = count; });
    return done;
}

Result<void> setAuditRetention(Connection& connection, std::chrono::days retention)
{
    return connection.run(QStringLiteral("SELECT punctual.set_audit_retention(?)"),
                          {static_cast<int>(retention.count())});
}

Result<void> setRetention(Connection& connection, std::chrono::days retention)
{
    return connection.run(QStringLiteral("SELECT punctual.set_retention(?)"),
                          {static_cast<int>(retention.count())});
}

} // namespace punctual::store
