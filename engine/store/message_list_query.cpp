// SPDX-License-Identifier: GPL-3.0-or-later
// A page of a list of messages, from one index and with a bound for everything else.
#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_queries.h"
#include "store/message_row.h"
#include "store/row.h"

#include <QElapsedTimer>

#include <algorithm>
#include <iterator>

namespace punctual::store
{

namespace
{

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

// Rows of a list that a statement looks at: of the first one, when it is not known how fast that goes, and of
// any.
constexpr int firstLook = 10'000;
constexpr int leastLook = 1'000;

/// What a list asks for. An index finds the rows that fit the first; the second are looked at row by row.
struct ListConditions
{
    Conditions indexed;
    Conditions looked;
};

/// Attempts that lead a list, at most: the messages of each are looked up in the partition of every day
/// since.
constexpr int mostAttempts = 5'000;

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

/// Only one kind of partition may have them; that narrows every index.
void addPartitions(Conditions& indexed, const std::vector<MessageState>& states)
{
    if (std::all_of(states.begin(), states.end(), &isFinal))
        indexed.add(QStringLiteral("m.finished_at < 'infinity'"));
    else if (std::none_of(states.begin(), states.end(), &isFinal))
        indexed.add(QStringLiteral("m.finished_at = 'infinity'"));
    if (std::all_of(states.begin(), states.end(), &wasDue)) // with time for a clock that was set back
        indexed.add(QStringLiteral("m.due_at < now() + interval '1 hour'"));
}

/// One index leads, the first of those that there is something for; what another would find is looked at row
/// by row, because rows that a second condition takes out are not counted by any bound.
ListConditions conditionsOf(const MessageFilter& filter)
{
    ListConditions conditions;
    bool isLed = false;
    const auto add = [&](bool wanted, const QString& text, const QVariantList& values) {
        if (wanted)
            (isLed ? conditions.looked : conditions.indexed).add(text, values);
        isLed = isLed || wanted;
    };
    add(!filter.key.isEmpty(), QStringLiteral("m.key = ?"), {filter.key});
    add(!filter.tag.isEmpty(), QStringLiteral("m.tags @> ARRAY[CAST(? AS text)] AND m.tags <> '{}'"),
        {filter.tag});
    add(!filter.fingerprint.isEmpty(), QStringLiteral("m.fingerprint = ? AND m.finished_at < 'infinity'"),
        {filter.fingerprint});
    if (const auto& states = filter.states; !states.empty()) {
        addPartitions(conditions.indexed, states);
        const bool ended =
            states.size() == 1 && isFinal(states.front()) && states.front() != MessageState::Delivered;
        const bool tried = std::all_of(states.begin(), states.end(), &wasTried);
        add(ended, QStringLiteral("m.state = ?"), {QString(toText(states.front()))});
        add(tried && !isLed, QStringLiteral("(m.last_status IS NOT NULL OR m.last_error IS NOT NULL)"), {});
        ArrayLiteral words;
        for (const auto state : states)
            words.add(toText(state));
        if (!ended)
            conditions.looked.add(QStringLiteral("m.state = ANY (CAST(? AS text[]))"), {words.text()});
    }
    add(!filter.destination.isEmpty(), QStringLiteral("m.destination = ?"), {filter.destination});
    if (filter.dueAfter)
        conditions.indexed.add(QStringLiteral("m.due_at >= punctual.instant(?)"),
                               {toMicroseconds(*filter.dueAfter)});
    if (filter.dueBefore)
        conditions.indexed.add(QStringLiteral("m.due_at < punctual.instant(?)"),
                               {toMicroseconds(*filter.dueBefore)});
    if (!filter.text.isEmpty())
        addText(conditions, filter.text);
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
        // behind it. They are counted in the order that they come in, so that reading ends with the page.
        auto read = connection.select(
            QStringLiteral("SELECT %1, m.fits, m.place FROM ("
                           "SELECT m.*, row_number() OVER (ORDER BY m.due_at DESC, m.id_bytes DESC) AS "
                           "place, (%2) AS fits FROM ("
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

/// Of a row "a" of attempts.
struct AttemptConditions
{
    Conditions days; // which partitions: none ends a week after it began
    Conditions exact;

    [[nodiscard]] QString text() const { return days.text() + QStringLiteral(" AND ") + exact.text(); }
    [[nodiscard]] QVariantList values() const { return days.values + exact.values; }
};

AttemptConditions conditionsOfAttempts(const MessageFilter& filter)
{
    AttemptConditions conditions;
    if (filter.attemptedAfter) {
        const auto after = toMicroseconds(*filter.attemptedAfter);
        conditions.days.add(QStringLiteral("a.started_at >= punctual.instant(?) - interval '7 days'"),
                            {after});
        conditions.exact.add(QStringLiteral("a.finished_at >= punctual.instant(?)"), {after});
    }
    if (filter.attemptedBefore) {
        const auto before = toMicroseconds(*filter.attemptedBefore);
        conditions.days.add(QStringLiteral("a.started_at < punctual.instant(?)"), {before});
        conditions.exact.add(QStringLiteral("a.finished_at < punctual.instant(?)"), {before});
    }
    if (const auto& results = filter.results; !results.empty()) {
        if (std::find(results.begin(), results.end(), AttemptResult::Delivered) == results.end())
            conditions.exact.add(QStringLiteral("a.outcome <> 'delivered'")); // attempts_failed finds them
        ArrayLiteral words;
        for (const auto result : results)
            words.add(toText(result));
        conditions.exact.add(
            QStringLiteral("punctual.attempt_result(a.outcome, a.status) = ANY (CAST(? AS text[]))"),
            {words.text()});
    }
    return conditions;
}

/// Nothing follows an attempt that came to one of these.
bool isLast(AttemptResult result)
{
    return result == AttemptResult::Delivered || result == AttemptResult::Refused;
}

/// Of messages: what an attempt of this time says about when they ended.
void addTimesOfMessages(const MessageFilter& filter, Conditions& conditions)
{
    if (filter.attemptedAfter)
        conditions.add(QStringLiteral("m.finished_at >= punctual.instant(?) - interval '1 minute'"),
                       {toMicroseconds(*filter.attemptedAfter)});
    const auto& results = filter.results;
    if (filter.attemptedBefore && !results.empty() && std::all_of(results.begin(), results.end(), &isLast))
        conditions.add(QStringLiteral("m.finished_at < punctual.instant(?) + interval '1 day'"),
                       {toMicroseconds(*filter.attemptedBefore)});
}

/// An upper bound for when messages were due that have one of many attempts. What was delivered had been due
/// before. What failed may have been put off since: of a few the due times are looked up, of many the latest
/// of all that were tried or cancelled is taken.
Result<Instant> lastDue(Connection& connection, const MessageFilter& filter,
                        const AttemptConditions& attempts)
{
    Conditions times;
    addTimesOfMessages(filter, times);
    const bool mayFail = filter.results != std::vector{AttemptResult::Delivered};
    Instant last;
    // What OFFSET 0 is behind is not led by the order of due times.
    auto read = connection.select(
        QStringLiteral(
            "SELECT punctual.micros(CASE WHEN f.count <= %1 THEN greatest(u.until, (SELECT max(m.due_at) "
            "FROM (SELECT m.due_at FROM punctual.messages m WHERE m.id = ANY (f.ids) AND %2 OFFSET 0) AS m)) "
            "ELSE greatest(u.until, now() + interval '1 hour', (SELECT max(m.due_at) "
            "FROM punctual.messages_live m WHERE m.last_status IS NOT NULL OR m.last_error IS NOT NULL), "
            "(SELECT max(m.due_at) FROM punctual.messages m "
            "WHERE m.state = 'cancelled' AND m.finished_at < 'infinity')) END) "
            "FROM (SELECT count(*), array_agg(a.message_id) AS ids FROM (SELECT a.message_id "
            "FROM punctual.attempts a WHERE %3 AND %4 AND a.outcome <> 'delivered' LIMIT %1 + 1) AS a) AS f, "
            "(SELECT coalesce(punctual.instant(CAST(? AS bigint)), now() + interval '1 hour') AS until) AS u")
            .arg(mostAttempts)
            .arg(times.text(), mayFail ? QStringLiteral("true") : QStringLiteral("false"), attempts.text()),
        times.values + attempts.values() +
            QVariantList{filter.attemptedBefore ? QVariant(toMicroseconds(*filter.attemptedBefore))
                                                : QVariant(QMetaType::fromType<qint64>())},
        [&last](const QSqlQuery& row) { last = instantAt(row, 0); });
    if (!read)
        return tl::unexpected(read.error());
    return last;
}

Result<bool> areMany(Connection& connection, const AttemptConditions& attempts)
{
    bool many = false;
    auto counted = connection.select(
        QStringLiteral(
            "SELECT count(*) > %1 FROM (SELECT FROM punctual.attempts a WHERE %2 LIMIT %1 + 1) AS a")
            .arg(mostAttempts)
            .arg(attempts.text()),
        attempts.values(), [&many](const QSqlQuery& row) { many = row.value(0).toBool(); });
    if (!counted)
        return tl::unexpected(counted.error());
    return many;
}

/// Few attempts lead to their messages. Of many, or where something else leads, each message is asked whether
/// it has one. `goesOn`: behind a cursor, which is before any bound.
Result<void> addAttempts(Connection& connection, const MessageFilter& filter, bool goesOn,
                         ListConditions& conditions)
{
    const auto attempts = conditionsOfAttempts(filter);
    const bool isLed = !filter.key.isEmpty() || !filter.tag.isEmpty() || !filter.fingerprint.isEmpty();
    const auto many = isLed ? Result<bool>(true) : areMany(connection, attempts);
    if (!many)
        return tl::unexpected(many.error());
    addTimesOfMessages(filter, conditions.indexed);
    if (!*many) {
        conditions.indexed.add(
            QStringLiteral("m.id = ANY (ARRAY(SELECT a.message_id FROM punctual.attempts a WHERE %1))")
                .arg(attempts.text()),
            attempts.values());
        return {};
    }
    if (!isLed && !goesOn) {
        const auto last = lastDue(connection, filter, attempts);
        if (!last)
            return tl::unexpected(last.error());
        conditions.indexed.add(QStringLiteral("m.due_at <= punctual.instant(?)"), {toMicroseconds(*last)});
    }
    // Not EXISTS, for which a planner may put all attempts into a table in memory first; and OFFSET 0, so
    // that it looks nowhere but among those of the message.
    conditions.looked.add(
        QStringLiteral("m.attempts > 0 AND (SELECT true FROM (SELECT a.* FROM punctual.attempts a "
                       "WHERE a.message_id = m.id AND a.started_at >= m.created_at - interval '1 day' "
                       "AND a.started_at <= m.finished_at + interval '1 day' AND %1 OFFSET 0) AS a "
                       "WHERE %2 LIMIT 1) IS NOT NULL")
            .arg(attempts.days.text(), attempts.exact.text()),
        attempts.values());
    return {};
}

} // namespace

Result<MessagePage> list(Connection& connection, const MessageFilter& filter,
                         const std::optional<MessageCursor>& after, int limit, const LookBounds& bounds)
{
    Q_ASSERT(limit > 0);
    QElapsedTimer timer;
    timer.start();
    auto conditions = conditionsOf(filter);
    if (filter.isOfAttempts())
        if (const auto added = addAttempts(connection, filter, after.has_value(), conditions); !added)
            return tl::unexpected(added.error());
    const double time = std::chrono::duration<double>(bounds.time).count();
    MessagePage page;
    page.next = after;
    int rows = std::min(bounds.rows, firstLook);
    for (double looked = rows;; looked += rows) {
        auto more =
            look(connection, conditions, page.next, limit - static_cast<int>(page.items.size()), rows);
        if (!more)
            return more;
        std::move(more->items.begin(), more->items.end(), std::back_inserter(page.items));
        page.next = more->next;
        const double elapsed = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        if (!page.next || page.items.size() >= static_cast<std::size_t>(limit) || elapsed >= time)
            return page;
        // As many as the time that is left is enough for, by what those before took.
        rows =
            static_cast<int>(std::clamp<double>(looked / elapsed * (time - elapsed), leastLook, bounds.rows));
    }
}

} // namespace punctual::store
