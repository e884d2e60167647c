// SPDX-License-Identifier: GPL-3.0-or-later
// Values of rows: how columns become the core's types.
#pragma once

#include "core/destination.h"
#include "core/message.h"
#include "store/array_literal.h"
#include "store/secret_box.h"

#include <QJsonObject>
#include <QSqlQuery>

#include <optional>

namespace punctual::store
{

[[nodiscard]] inline Instant instantAt(const QSqlQuery& row, int column)
{
    return instantOf(row.value(column).toLongLong());
}

[[nodiscard]] inline std::optional<Instant> optionalInstantAt(const QSqlQuery& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(instantAt(row, column));
}

[[nodiscard]] inline QUuid uuidAt(const QSqlQuery& row, int column)
{
    return QUuid::fromString(row.value(column).toString());
}

/// An array of short texts; null is an empty one.
[[nodiscard]] inline QStringList textsAt(const QSqlQuery& row, int column)
{
    const auto words = readArray(row.value(column).toString());
    return {words.begin(), words.end()};
}

/// A JSON object; of anything else an empty one.
[[nodiscard]] QJsonObject objectAt(const QSqlQuery& row, int column);

/// The columns that readDestination expects, in its order.
extern const QLatin1StringView destinationColumns;
/// Credentials that cannot be opened are marked so.
[[nodiscard]] Destination readDestination(const QSqlQuery& row, const SecretBox& box);

} // namespace punctual::store
