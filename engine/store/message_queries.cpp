// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_queries.h"

#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/row.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

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

/// Conditions and the values for their placeholders.
struct Conditions
{
    QStringList texts;
    QVariantList values;

    void add(const QString& text, const QVariantList& more = {})
    {
        texts.append(text);
        values.append(more);
    }

    [[nodiscard]] QString text() const
    {
        return texts.isEmpty() ? QStringLiteral("true") : texts.join(u" AND ");
    }
};

/// What a list asks for. An index finds the rows that fit the first; the second are looked at row by row.
struct ListConditions
{
    Conditions indexed;
    Conditions looked;
};

QString escapedForLike(QString text)
{
    for (const auto c : {u'\\', u'%', u'_'})
        text.replace(c, QStringLiteral("\\") + c);
    return u'%' + text + u'%';
}

void addText(ListConditions& conditions, const QString& text)
{
    const auto id = QUuid::fromString(text);
    if (!id.isNull()) {
        conditions.indexed.add(QStringLiteral("m.id = ?"), {toText(id)});
        return;
    }
    const QString pattern = escapedForLike(text);
    conditions.looked.add(
        QStringLiteral("(m.key ILIKE ? OR m.last_error ILIKE ? OR array_to_string(m.tags, ' ') ILIKE ?)"),
        {pattern, pattern, pattern});
}

/// Live ones whose last attempt failed, which messages_live_tried finds.
bool wasTried(MessageState state)
{
    return state == MessageState::Retrying || state == MessageState::Unknown;
}

/// Nothing is sent before it is due: no message in one of these is due later than now.
bool wasDue(MessageState state)
{
    return state == MessageState::Delivering || state == MessageState::Delivered;
}

void addStates(ListConditions& conditions, const std::vector<MessageState>& states)
{
    const auto all = [&states](auto&& fits) { return std::all_of(states.begin(), states.end(), fits); };
    if (states.empty())
        return;
    if (all(&isFinal)) // only one kind of partition has them
        conditions.indexed.add(QStringLiteral("m.finished_at < 'infinity'"));
    else if (std::none_of(states.begin(), states.end(), &isFinal))
        conditions.indexed.add(QStringLiteral("m.finished_at = 'infinity'"));
    if (states.size() == 1 && isFinal(states.front()) && states.front() != MessageState::Delivered) {
        conditions.indexed.add(QStringLiteral("m.state = ?"), {QString(toText(states.front()))});
        return;
    }
    if (all(&wasTried))
        conditions.indexed.add(QStringLiteral("(m.last_status IS NOT NULL OR m.last_error IS NOT NULL)"));
    if (all(&wasDue)) // with time for a clock that was set back
        conditions.indexed.add(QStringLiteral("m.due_at < clock_timestamp() + interval '1 hour'"));
    ArrayLiteral words;
    for (const auto state : states)
        words.add(toText(state));
    conditions.looked.add(QStringLiteral("m.state = ANY (CAST(? AS text[]))"), {words.text()});
}

ListConditions conditionsOf(const MessageFilter& filter)
{
    ListConditions conditions;
    Conditions& indexed = conditions.indexed;
    addStates(conditions, filter.states);
    if (!filter.destination.isEmpty())
        indexed.add(QStringLiteral("m.destination = ?"), {filter.destination});
    if (!filter.key.isEmpty())
        indexed.add(QStringLiteral("m.key = ?"), {filter.key});
    if (!filter.tag.isEmpty())
        indexed.add(QStringLiteral("m.tags @> ARRAY[CAST(? AS text)] AND m.tags <> '{}'"), {filter.tag});
    if (filter.dueAfter)
        indexed.add(QStringLiteral("m.due_at >= punctual.instant(?)"), {toMicroseconds(*filter.dueAfter)});
    if (filter.dueBefore)
        indexed.add(QStringLiteral("m.due_at < punctual.instant(?)"), {toMicroseconds(*filter.dueBefore)});
    if (!filter.text.isEmpty())
        addText(conditions, filter.text);
    if (!filter.fingerprint.isEmpty())
        indexed.add(QStringLiteral("m.fingerprint = ? AND m.finished_at < 'infinity'"), {filter.fingerprint});
    return conditions;
}

/// The rows of a list from where it begins, and for those that are looked at one by one, at most `rows` of
/// them.
Result<MessagePage> look(Connection& connection, const ListConditions& conditions,
                         const std::optional<MessageCursor>& after, int limit, int rows)
{
    Conditions indexed = conditions.indexed;
    if (after)
        indexed.add(
            QStringLiteral("(m.due_at, uuid_send(m.id)) < (punctual.instant(?), uuid_send(CAST(? AS uuid)))"),
            {toMicroseconds(after->dueAt), toText(after->id)});
    MessagePage page;
    // One more than asked for tells whether there is a next page.
    if (conditions.looked.texts.isEmpty()) {
        auto read = connection.select(QStringLiteral("SELECT %1 FROM punctual.messages m WHERE %2 "
                                                     "ORDER BY m.due_at DESC, uuid_send(m.id) DESC LIMIT ?")
                                          .arg(messageColumns, indexed.text()),
                                      indexed.values + QVariantList{limit + 1},
                                      [&](const QSqlQuery& row) { page.items.push_back(readMessage(row)); });
        if (!read)
            return tl::unexpected(read.error());
    } else {
        // The last of the rows that were looked at is given back whether it fits or not: the next look begins
        // behind it.
        auto read = connection.select(
            QStringLiteral("SELECT %1, m.fits, m.place FROM ("
                           "SELECT m.*, row_number() OVER () AS place, (%2) AS fits FROM ("
                           "SELECT m.*, uuid_send(m.id) AS id_bytes FROM punctual.messages m WHERE %3 "
                           "ORDER BY m.due_at DESC, uuid_send(m.id) DESC LIMIT ?) AS m) AS m "
                           "WHERE m.fits OR m.place = ? ORDER BY m.due_at DESC, m.id_bytes DESC LIMIT ?")
                .arg(messageColumns, conditions.looked.text(), indexed.text()),
            conditions.looked.values + indexed.values + QVariantList{rows, rows, limit + 1},
            [&](const QSqlQuery& row) {
                Message message = readMessage(row);
                if (row.value(contentColumn + 1).toInt() == rows)
                    page.next = MessageCursor{message.dueAt, message.id};
                if (row.value(contentColumn).toBool())
                    page.items.push_back(std::move(message));
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next = MessageCursor{page.items.back().dueAt, page.items.back().id};
    }
    return page;
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
                         const std::optional<MessageCursor>& after, int limit, const LookBounds& bounds)
{
    const auto conditions = conditionsOf(filter);
    const QDeadlineTimer end(bounds.time);
    MessagePage page;
    page.next = after;
    do {
        auto more =
            look(connection, conditions, page.next, limit - static_cast<int>(page.items.size()), bounds.rows);
        if (!more)
            return more;
        std::move(more->items.begin(), more->items.end(), std::back_inserter(page.items));
        page.next = more->next;
    } while (page.next && page.items.size() < static_cast<std::size_t>(limit) && !end.hasExpired());
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
