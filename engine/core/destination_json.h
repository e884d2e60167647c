// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a destination, as REST and the command line read and write it.
#pragma once

#include "core/destination.h"
#include "core/retry_policy_json.h"

#include <QJsonObject>

namespace punctual
{

/// Reads a whole destination. `name` is the one in the URL; a `name` in the object must be the same. The
/// mark of a hidden value stands for the value that `stored`, the destination that is replaced, has there;
/// without one it is refused.
[[nodiscard]] Result<Destination> readDestination(const QString& name, const QJsonObject& object,
                                                  const Destination* stored = nullptr);

/// Lays the fields that are in `change` over `current` (RFC 7396, JSON Merge Patch: null puts a field
/// back to its default, in `retry`, `tls` and `batch` too; of the headers, the named ones change and null
/// removes one). The mark of a hidden value leaves the value as it is.
///
/// Unsupported: the credentials of `current` could not be opened, and would be lost.
[[nodiscard]] Result<Destination> patchDestination(const Destination& current, const QJsonObject& change);

/// Credentials are hidden.
[[nodiscard]] QJsonObject toJson(const Destination& destination);

/// What clients set, as the database keeps it, without what is secret: `destination` is one from which
/// takeCredentials() has taken it.
[[nodiscard]] QJsonObject settingsOf(const Destination& destination);
[[nodiscard]] Destination fromSettings(const QString& name, const QJsonObject& settings);

/// What is wrong with a URL to deliver to; nothing when it is fine.
[[nodiscard]] std::optional<QString> problemOfUrl(const QString& url);

} // namespace punctual
