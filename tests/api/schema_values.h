// SPDX-License-Identifier: GPL-3.0-or-later
// Single values and the keywords of a schema that speak of them.
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace punctual::test
{

/// What of the schema's own keywords the value breaks, and which keywords are not understood. Members of
/// objects, items of arrays and compositions are left to SchemaCheck.
[[nodiscard]] QStringList problemsOf(const QJsonValue& value, const QJsonObject& schema);

/// Values at and beyond the borders that the schema draws, and some of every type; whether it allows one of
/// them, SchemaCheck can tell.
[[nodiscard]] QList<QJsonValue> candidatesFor(const QJsonObject& schema);

} // namespace punctual::test
