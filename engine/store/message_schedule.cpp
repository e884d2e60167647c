// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/array_literal.h"
#include "store/message_queries.h"
#include "store/row.h"

#include <QHash>

namespace punctual::store
{

namespace
{

template <class Chosen>
std::optional<qint64> microsecondsOf(const NewMessage& message)
{
    const auto* chosen = std::get_if<Chosen>(&message.due);
    if (chosen == nullptr)
        return std::nullopt;
    if constexpr (std::is_same_v<Chosen, Instant>)
        return toMicroseconds(*chosen);
    else
        return chosen->count();
}

QVariantList columnsOf(const std::vector<NewMessage>& messages)
{
    const auto n = messages.size();
    ArrayLiteral ids(n), destinations(n), dues(n), delays(n), priorities(n), keys(n), tags(n), expiries(n),
        limits(n), headers(n), types(n), bodies(n);
    for (const auto& message : messages) {
        ids.add(message.id);
        destinations.add(message.destination);
        dues.add(microsecondsOf<Instant>(message));
        delays.add(microsecondsOf<Duration>(message));
        priorities.add(toText(message.priority));
        keys.add(message.key.isEmpty() ? std::nullopt : std::optional(message.key));
        tags.add(arrayOf(message.tags));
        expiries.add(message.expiresAfter ? std::optional<qint64>(toMilliseconds(*message.expiresAfter))
                                          : std::nullopt);
        limits.add(message.maxAttempts ? std::optional<qint64>(*message.maxAttempts) : std::nullopt);
        headers.add(message.content.headers.empty() ? std::nullopt
                                                    : std::optional(writeHeaders(message.content.headers)));
        types.add(QString::fromLatin1(message.content.type));
        bodies.add(message.content.body);
    }
    return {ids.text(),        destinations.text(), dues.text(),  delays.text(),
            priorities.text(), keys.text(),         tags.text(),  expiries.text(),
            limits.text(),     headers.text(),      types.text(), bodies.text()};
}

/// Rows come in any order; an earlier answer has other ids than this request and comes in its own.
void sortAsAsked(Scheduled& scheduled, const std::vector<NewMessage>& messages)
{
    if (scheduled.repeated)
        return;
    QHash<MessageId, Scheduled::Item> byId;
    for (const auto& item : scheduled.items)
        byId.insert(item.id, item);
    for (std::size_t i = 0; i < messages.size() && i < scheduled.items.size(); ++i)
        scheduled.items[i] = byId.value(messages[i].id);
}

} // namespace

Result<Scheduled> schedule(Connection& connection, const std::vector<NewMessage>& messages,
                           const std::optional<Idempotency>& idempotency)
{
    QVariantList values = columnsOf(messages);
    values << (idempotency ? QVariant(idempotency->key) : QVariant(QMetaType(QMetaType::QString)))
           << (idempotency ? QVariant(idempotency->contentHash) : QVariant(QMetaType(QMetaType::QByteArray)));
    Scheduled scheduled;
    scheduled.items.reserve(messages.size());
    auto stored = connection.select(
        QStringLiteral("SELECT id, due_us, max_attempts, created_us, repeated "
                       "FROM punctual.schedule(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        values, [&](const QSqlQuery& row) {
            scheduled.items.push_back({uuidAt(row, 0), instantAt(row, 1), row.value(2).toInt()});
            scheduled.createdAt = instantAt(row, 3);
            scheduled.repeated = row.value(4).toBool();
        });
    if (!stored)
        return tl::unexpected(stored.error());
    sortAsAsked(scheduled, messages);
    return scheduled;
}

} // namespace punctual::store
