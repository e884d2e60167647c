// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_queries.h"

#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/row.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace punctual::store
{

namespace
{

/// The columns of a message without its content, as readMessage expects them.
constexpr QLatin1StringView messageColumns(
    "m.id, m.destination, m.state, m.priority, m.key, m.tags, punctual.micros(m.due_at), "
    "CASE WHEN punctual.is_waiting(m.state) THEN punctual.micros(m.next_attempt_at) END, "
    "punctual.micros(m.created_at), punctual.micros(m.updated_at), "
    "punctual.micros(m.finished_at), m.attempts, m.max_attempts, m.expires_after_ms, m.replay_of, "
    "punctual.micros(m.claimed_at), m.last_status, m.last_error, m.cancelled_by, octet_length(m.body), "
    "m.retry");
constexpr int contentColumn = 21; // the first one behind them

Message readMessage(const QSqlQuery& row)
{
    Message message;
    message.id = uuidAt(row, 0);
    message.destination = row.value(1).toString();
    message.state = parseMessageState(row.value(2).toString()).value_or(MessageState::Unknown);
    message.priority = parsePriority(row.value(3).toString()).value_or(Priority::Normal);
    message.key = row.value(4).toString();
    const auto tags = readArray(row.value(5).toString());
    message.tags = QStringList(tags.begin(), tags.end());
    message.dueAt = instantAt(row, 6);
    message.nextAttemptAt = optionalInstantAt(row, 7);
    message.createdAt = instantAt(row, 8);
    message.updatedAt = instantAt(row, 9);
    message.finishedAt = optionalInstantAt(row, 10);
    message.attempts = row.value(11).toInt();
    message.maxAttempts = row.value(12).toInt();
    if (!row.isNull(13))
        message.expiresAfter = std::chrono::milliseconds(row.value(13).toLongLong());
    if (!row.isNull(14))
        message.replayOf = uuidAt(row, 14);
    message.claimedAt = optionalInstantAt(row, 15);
    message.lastStatus = row.value(16).toInt();
    message.lastError = row.value(17).toString();
    message.cancelledBy = row.value(18).toString();
    message.bodySize = row.value(19).toLongLong();
    message.retry = QJsonDocument::fromJson(row.value(20).toByteArray()).object();
    return message;
}

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

/// Collects the conditions of a list and the values for their placeholders.
struct Conditions
{
    QStringList texts;
    QVariantList values;

    void add(const QString& text, const QVariantList& more)
    {
        texts.append(text);
        values.append(more);
    }
};

QString escapedForLike(QString text)
{
    for (const auto c : {u'\\', u'%', u'_'})
        text.replace(c, QStringLiteral("\\") + c);
    return u'%' + text + u'%';
}

void addText(Conditions& conditions, const QString& text)
{
    const auto id = QUuid::fromString(text);
    if (!id.isNull()) {
        conditions.add(QStringLiteral("m.id = ?"), {toText(id)});
        return;
    }
    const QString pattern = escapedForLike(text);
    conditions.add(
        QStringLiteral("(m.key ILIKE ? OR m.last_error ILIKE ? OR array_to_string(m.tags, ' ') ILIKE ?)"),
        {pattern, pattern, pattern});
}

Conditions conditionsOf(const MessageFilter& filter, const std::optional<MessageCursor>& after)
{
    Conditions conditions;
    if (!filter.states.empty()) {
        ArrayLiteral states;
        bool live = false;
        bool final = false;
        for (const auto state : filter.states) {
            states.add(toText(state));
            (isFinal(state) ? final : live) = true;
        }
        conditions.add(QStringLiteral("m.state = ANY (CAST(? AS text[]))"), {states.text()});
        if (live != final) // only one kind of partition has them
            conditions.add(live ? QStringLiteral("m.finished_at = 'infinity'")
                                : QStringLiteral("m.finished_at < 'infinity'"),
                           {});
    }
    if (!filter.destination.isEmpty())
        conditions.add(QStringLiteral("m.destination = ?"), {filter.destination});
    if (!filter.key.isEmpty())
        conditions.add(QStringLiteral("m.key = ?"), {filter.key});
    if (!filter.tag.isEmpty())
        conditions.add(QStringLiteral("m.tags @> ARRAY[CAST(? AS text)] AND m.tags <> '{}'"), {filter.tag});
    if (filter.dueAfter)
        conditions.add(QStringLiteral("m.due_at >= punctual.instant(?)"), {toMicroseconds(*filter.dueAfter)});
    if (filter.dueBefore)
        conditions.add(QStringLiteral("m.due_at < punctual.instant(?)"), {toMicroseconds(*filter.dueBefore)});
    if (!filter.text.isEmpty())
        addText(conditions, filter.text);
    if (!filter.fingerprint.isEmpty())
        conditions.add(QStringLiteral("m.fingerprint = ? AND m.finished_at < 'infinity'"),
                       {filter.fingerprint});
    if (after)
        conditions.add(
            QStringLiteral("(m.due_at, uuid_send(m.id)) < (punctual.instant(?), uuid_send(CAST(? AS uuid)))"),
            {toMicroseconds(after->dueAt), toText(after->id)});
    return conditions;
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

Result<MessagePage> list(Connection& connection, const MessageFilter& filter,
                         const std::optional<MessageCursor>& after, int limit)
{
    auto conditions = conditionsOf(filter, after);
    const QString where =
        conditions.texts.isEmpty() ? QString() : QStringLiteral("WHERE ") + conditions.texts.join(u" AND ");
    // One more than asked for tells whether there is a next page.
    conditions.values.append(limit + 1);
    MessagePage page;
    auto read = connection.select(
        QStringLiteral(
            "SELECT %1 FROM punctual.messages m %2 ORDER BY m.due_at DESC, uuid_send(m.id) DESC LIMIT ?")
            .arg(messageColumns, where),
        conditions.values, [&](const QSqlQuery& row) { page.items.push_back(readMessage(row)); });
    if (!read)
        return tl::unexpected(read.error());
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next = MessageCursor{page.items.back().dueAt, page.items.back().id};
    }
    return page;
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
        QStringLiteral(
            "SELECT n.id, n.name, punctual.micros(n.started_at), punctual.micros(n.last_seen_at), "
            "(SELECT count(*) FROM punctual.shards s WHERE s.node = n.id AND s.epoch = n.epoch), "
            "n.lease_until > clock_timestamp(), n.clock_offset_us, n.version FROM punctual.nodes n "
            "WHERE n.last_seen_at > now() - interval '1 day' ORDER BY n.started_at"),
        {}, [&](const QSqlQuery& row) {
            status.nodes.push_back(
                {uuidAt(row, 0), row.value(1).toString(), instantAt(row, 2), instantAt(row, 3),
                 row.value(4).toInt(), row.value(5).toBool(),
                 row.isNull(6) ? std::nullopt : std::optional(Duration(row.value(6).toLongLong())),
                 row.value(7).toString()});
        });
    if (!read)
        return tl::unexpected(read.error());
    return status;
}

} // namespace punctual::store
