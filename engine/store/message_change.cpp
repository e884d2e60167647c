// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/message_queries.h"
#include "store/row.h"

namespace punctual::store
{

namespace
{

template <class Value, class Convert>
QVariant orNull(const std::optional<Value>& value, Convert convert)
{
    using Converted = std::invoke_result_t<Convert, const Value&>;
    return value ? QVariant::fromValue(convert(*value)) : QVariant(QMetaType::fromType<Converted>());
}

template <class Chosen>
QVariant microsecondsOf(const MessageChange& change)
{
    const auto* chosen = change.due ? std::get_if<Chosen>(&*change.due) : nullptr;
    return orNull(chosen != nullptr ? std::optional(*chosen) : std::nullopt, [](const Chosen& due) -> qint64 {
        if constexpr (std::is_same_v<Chosen, Instant>)
            return toMicroseconds(due);
        else
            return due.count();
    });
}

QString momentsOf(const std::vector<Instant>& moments)
{
    ArrayLiteral literal(moments.size());
    for (const auto moment : moments)
        literal.add(qint64(toMicroseconds(moment)));
    return literal.text();
}

QVariantList valuesOf(const MessageId& id, const MessageChange& change, const std::optional<QString>& headers)
{
    return {toText(id),
            microsecondsOf<Instant>(change),
            microsecondsOf<Duration>(change),
            orNull(change.priority, [](Priority priority) { return QString(toText(priority)); }),
            orNull(change.tags, [](const QStringList& tags) { return arrayOf(tags); }),
            orNull(headers, [](const QString& json) { return json; }),
            orNull(change.contentType, [](const QByteArray& type) { return QString::fromLatin1(type); }),
            orNull(change.body, [](const QByteArray& body) { return body.isNull() ? QByteArray("") : body; }),
            orNull(change.expiresAfter, [](Duration after) { return qint64(toMilliseconds(after)); }),
            orNull(change.maxAttempts, [](int attempts) { return attempts; }),
            orNull(change.ifUpdatedAt, &momentsOf)};
}

} // namespace

Result<ChangeVerdict> changeMessage(Connection& connection, const MessageId& id, const MessageChange& change)
{
    std::optional<QString> headers;
    if (change.headers) {
        auto written = newHeaders(connection, id, {}, *change.headers);
        if (!written)
            return tl::unexpected(written.error());
        headers = QString::fromUtf8(*written);
    }
    ChangeVerdict verdict;
    return connection
        .select(QStringLiteral("SELECT state, changed, is_stale FROM punctual.change_message("
                               "?, ?, ?, ?, CAST(? AS text[]), CAST(? AS jsonb), ?, ?, ?, ?, "
                               "CAST(? AS bigint[]))"),
                valuesOf(id, change, headers),
                [&](const QSqlQuery& row) {
                    verdict.state = parseMessageState(row.value(0).toString());
                    verdict.changed = row.value(1).toBool();
                    verdict.isStale = row.value(2).toBool();
                })
        .and_then([&] { return find(connection, id); })
        .map([&](std::optional<Message> message) {
            verdict.message = std::move(message);
            return std::move(verdict);
        });
}

} // namespace punctual::store
