// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/array_literal.h"
#include "store/destination_queries.h"
#include "store/message_headers.h"
#include "store/message_queries.h"
#include "store/row.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>

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

Result<Parameters> parametersOf(const std::vector<NewMessage>& messages, const SecretBox& box)
{
    const auto n = messages.size();
    ArrayParameter ids(SqlType::Uuid, n), destinations(SqlType::Text, n), dues(SqlType::Bigint, n),
        delays(SqlType::Bigint, n), priorities(SqlType::Text, n), keys(SqlType::Text, n),
        tags(SqlType::Text, n), expiries(SqlType::Bigint, n), limits(SqlType::Integer, n),
        headers(SqlType::Text, n), types(SqlType::Text, n), bodies(SqlType::Bytea, n);
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
        limits.add(message.maxAttempts);
        auto written = writeHeaders(message.content.headers, message.destination, box);
        if (!written)
            return tl::unexpected(written.error());
        headers.add(*written);
        types.add(QString::fromLatin1(message.content.type));
        bodies.add(message.content.body);
    }
    Parameters parameters;
    parameters.add(std::move(ids)).add(std::move(destinations)).add(std::move(dues)).add(std::move(delays));
    parameters.add(std::move(priorities)).add(std::move(keys)).add(std::move(tags)).add(std::move(expiries));
    parameters.add(std::move(limits)).add(std::move(headers)).add(std::move(types)).add(std::move(bodies));
    return parameters;
}

/// Nothing for a batch that has none, which is nearly every one.
std::optional<ArrayParameter> retriesOf(const std::vector<NewMessage>& messages)
{
    if (std::all_of(messages.begin(), messages.end(),
                    [](const NewMessage& message) { return message.retry.isEmpty(); }))
        return std::nullopt;
    ArrayParameter retries(SqlType::Text, messages.size());
    for (const auto& message : messages)
        retries.add(message.retry.isEmpty()
                        ? std::nullopt
                        : std::optional(QString::fromUtf8(
                              QJsonDocument(message.retry).toJson(QJsonDocument::Compact))));
    return retries;
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

Result<Scheduled> keep(Connection& connection, const std::vector<NewMessage>& messages,
                       const std::optional<Idempotency>& idempotency, bool areSingles)
{
    if (std::any_of(messages.begin(), messages.end(),
                    [](const NewMessage& message) { return haveSecrets(message.content.headers); }))
        if (auto shared = checkKey(connection); !shared)
            return tl::unexpected(shared.error());
    auto arrays = parametersOf(messages, connection.secretBox());
    if (!arrays)
        return tl::unexpected(arrays.error());
    Parameters parameters = std::move(*arrays);
    parameters.add(idempotency ? std::optional(idempotency->key) : std::nullopt);
    parameters.add(idempotency ? std::optional(idempotency->contentHash) : std::nullopt);
    QByteArray sql = "SELECT id, due_us, max_attempts, created_us, repeated "
                     "FROM punctual.schedule($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14";
    if (auto retries = retriesOf(messages)) {
        parameters.add(std::move(*retries));
        sql += ", p_retries => $15";
    }
    sql += areSingles ? ", p_each => true)" : ")";
    Scheduled scheduled;
    scheduled.items.reserve(messages.size());
    auto stored = connection.call(sql.constData(), parameters, [&](const BinaryRow& row) {
        scheduled.items.push_back({row.uuid(0), row.instant(1), row.integer(2)});
        scheduled.createdAt = row.instant(3);
        scheduled.repeated = row.boolean(4);
    });
    if (!stored)
        return tl::unexpected(stored.error());
    sortAsAsked(scheduled, messages);
    return scheduled;
}

} // namespace

Result<Scheduled> schedule(Connection& connection, const std::vector<NewMessage>& messages,
                           const std::optional<Idempotency>& idempotency)
{
    return keep(connection, messages, idempotency, false);
}

Result<Scheduled> scheduleSingles(Connection& connection, const std::vector<NewMessage>& messages)
{
    return keep(connection, messages, std::nullopt, true);
}

} // namespace punctual::store
