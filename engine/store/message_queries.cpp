// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_queries.h"

#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/message_row.h"
#include "store/row.h"

namespace punctual::store
{

namespace
{

/// Runs one of the functions that give the state a message has afterwards.
Result<std::optional<MessageState>> move(Connection& connection, const QString& sql,
                                         const QVariantList& values)
{
    std::optional<MessageState> state;
    auto moved = connection.select(
        sql, values, [&](const QSqlQuery& row) { state = parseMessageState(row.value(0).toString()); });
    if (!moved)
        return tl::unexpected(moved.error());
    return state;
}

std::map<QString, QString> reasonsAt(const QSqlQuery& row, int column)
{
    const auto object = objectAt(row, column);
    std::map<QString, QString> reasons;
    for (auto field = object.begin(); field != object.end(); ++field)
        reasons.emplace(field.key(), field.value().toString());
    return reasons;
}

} // namespace

Result<std::optional<MessageState>> cancel(Connection& connection, const MessageId& id)
{
    return move(connection, QStringLiteral("SELECT punctual.cancel(?)"), {toText(id)});
}

Result<std::optional<MessageState>> restore(Connection& connection, const MessageId& id)
{
    return move(connection, QStringLiteral("SELECT punctual.restore(?)"), {toText(id)});
}

Result<std::optional<MessageState>> resolve(Connection& connection, const MessageId& id, MessageState state)
{
    return move(connection, QStringLiteral("SELECT punctual.resolve(?, ?)"),
                {toText(id), QString(toText(state))});
}

Result<Rescheduled> reschedule(Connection& connection, const MessageId& id, Instant dueAt)
{
    Rescheduled answer;
    auto moved =
        connection.select(QStringLiteral("SELECT state, moved FROM punctual.reschedule(?, ?)"),
                          {toText(id), toMicroseconds(dueAt)}, [&](const QSqlQuery& row) {
                              answer = {parseMessageState(row.value(0).toString()), row.value(1).toBool()};
                          });
    if (!moved)
        return tl::unexpected(moved.error());
    return answer;
}

Result<std::optional<Message>> find(Connection& connection, const MessageId& id)
{
    std::optional<Message> message;
    static const QString sql =
        QStringLiteral(
            "SELECT %1, m.content_type, m.headers::text, m.body FROM punctual.messages m WHERE m.id = ?")
            .arg(messageColumns);
    auto found = connection.select(sql, {toText(id)}, [&](const QSqlQuery& row) {
        message = readMessage(row);
        message->content =
            Content{row.value(contentColumn + 2).toByteArray(), row.value(contentColumn).toByteArray(),
                    readHeaders(row.value(contentColumn + 1).toByteArray())};
    });
    if (!found)
        return tl::unexpected(found.error());
    return message;
}

Result<std::vector<Message>> find(Connection& connection, const std::vector<MessageId>& ids)
{
    ArrayLiteral literal(ids.size());
    for (const auto& id : ids)
        literal.add(id);
    std::vector<Message> messages;
    static const QString sql =
        QStringLiteral("SELECT %1 FROM punctual.messages m JOIN unnest(CAST(? AS uuid[])) WITH ORDINALITY "
                       "AS i (id, position) ON i.id = m.id WHERE m.id = ANY (CAST(? AS uuid[])) "
                       "ORDER BY i.position")
            .arg(messageColumns);
    return connection
        .select(sql, {literal.text(), literal.text()},
                [&](const QSqlQuery& row) { messages.push_back(readMessage(row)); })
        .map([&] { return std::move(messages); });
}

Result<std::vector<Attempt>> attempts(Connection& connection, const MessageId& id)
{
    std::vector<Attempt> all;
    auto found = connection.select(
        QStringLiteral(
            "SELECT number, node, outcome, status, error, response, punctual.micros(started_at), "
            "punctual.micros(finished_at), lateness_us FROM punctual.attempts WHERE message_id = ? "
            "ORDER BY number"),
        {toText(id)}, [&](const QSqlQuery& row) {
            all.push_back({.message = id,
                           .number = row.value(0).toInt(),
                           .node = uuidAt(row, 1),
                           .outcome = parseOutcome(row.value(2).toString()).value_or(Outcome::Unknown),
                           .status = row.value(3).toInt(),
                           .error = row.value(4).toString(),
                           .response = row.value(5).toByteArray(),
                           .startedAt = instantAt(row, 6),
                           .finishedAt = instantAt(row, 7),
                           .lateness = Duration(row.value(8).toLongLong())});
        });
    if (!found)
        return tl::unexpected(found.error());
    return all;
}

Result<std::vector<MissedMessage>> missed(Connection& connection, Duration span, int limit)
{
    const qint64 microseconds = span.count();
    std::vector<MissedMessage> all;
    return connection
        .select(QStringLiteral(
                    "SELECT id, destination, planned_us, sent_us FROM ("
                    "SELECT a.message_id AS id, m.destination, punctual.micros(a.started_at) - a.lateness_us "
                    "AS planned_us, punctual.micros(a.started_at) AS sent_us FROM punctual.attempts a "
                    "JOIN punctual.messages m ON m.id = a.message_id "
                    "WHERE a.lateness_us > %1 AND a.started_at > now() - ? * interval '1 microsecond' "
                    "UNION ALL SELECT m.id, m.destination, punctual.micros(m.due_at), NULL "
                    "FROM punctual.messages m WHERE m.state = 'expired' AND m.finished_at <> 'infinity' "
                    "AND m.finished_at > now() - ? * interval '1 microsecond' "
                    "AND m.finished_at > m.due_at + %1 * interval '1 microsecond') AS both_kinds "
                    "ORDER BY planned_us DESC, id LIMIT ?")
                    .arg(qint64(missedAfter.count())),
                {microseconds, microseconds, limit},
                [&](const QSqlQuery& row) {
                    all.push_back({uuidAt(row, 0), row.value(1).toString(), instantAt(row, 2),
                                   optionalInstantAt(row, 3)});
                })
        .map([&] { return std::move(all); });
}

Result<SystemStatus> status(Connection& connection)
{
    SystemStatus status;
    auto read =
        connection.select(QStringLiteral("SELECT state, sum(count), punctual.micros(clock_timestamp()) FROM ("
                                         "SELECT state, count FROM punctual.counters "
                                         "UNION ALL SELECT state, change FROM punctual.counter_changes "
                                         "UNION ALL SELECT 'scheduled', 0) AS c GROUP BY state"),
                          {}, [&](const QSqlQuery& row) {
                              if (const auto state = parseMessageState(row.value(0).toString()))
                                  status.messages[*state] = row.value(1).toLongLong();
                              status.databaseTime = instantAt(row, 2);
                          });
    if (!read)
        return tl::unexpected(read.error());
    read = connection.select(
        QStringLiteral("SELECT n.id, n.name, punctual.micros(n.started_at), punctual.micros(n.last_seen_at), "
                       "(SELECT count(*) FROM punctual.shards s WHERE s.node = n.id AND s.epoch = n.epoch), "
                       "n.lease_until > clock_timestamp(), n.clock_offset_us, n.version, n.locked "
                       "FROM punctual.nodes n "
                       "WHERE n.last_seen_at > now() - interval '1 day' ORDER BY n.started_at"),
        {}, [&](const QSqlQuery& row) {
            status.nodes.push_back(
                {uuidAt(row, 0), row.value(1).toString(), instantAt(row, 2), instantAt(row, 3),
                 row.value(4).toInt(), row.value(5).toBool(),
                 row.isNull(6) ? std::nullopt : std::optional(Duration(row.value(6).toLongLong())),
                 row.value(7).toString(), reasonsAt(row, 8)});
        });
    if (!read)
        return tl::unexpected(read.error());
    return status;
}

} // namespace punctual::store
