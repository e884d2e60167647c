// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a destination, as REST and the command line read and write it.
#pragma once

#include "core/destination.h"
#include "core/retry_policy_json.h"

#include <QJsonObject>

namespace punctual
{

/// Reads a whole destination. `name` is the one in the URL; a `name` in the object must be the same.
[[nodiscard]] Result<Destination> readDestination(const QString& name, const QJsonObject& object);

/// Lays the fields that are in `change` over `current` (RFC 7396, JSON Merge Patch: null puts a field
/// back to its default, in `retry` too; of the headers, the named ones change and null removes one).
[[nodiscard]] Result<Destination> patchDestination(const Destination& current, const QJsonObject& change);

/// Credentials are hidden.
[[nodiscard]] QJsonObject toJson(const Destination& destination);

/// What is wrong with a URL to deliver to; nothing when it is fine.
[[nodiscard]] std::optional<QString> problemOfUrl(const QString& url);

} // namespace punctual
