// SPDX-License-Identifier: GPL-3.0-or-later
// Versions of a message or a destination as HTTP names them (RFC 9110, section 8.8.3): every change gives it
// another one.
#pragma once

#include "api/request.h"
#include "core/destination.h"
#include "core/message.h"

namespace punctual::api
{

[[nodiscard]] QByteArray entityTagOf(const Message& message);
[[nodiscard]] QByteArray entityTagOf(const Destination& destination);

/// The versions of If-Match, as moments of the last change; nothing if any version will do. Tags that are
/// none of ours are left out: they match nothing.
[[nodiscard]] std::optional<std::vector<Instant>> readIfMatch(const Request& request);
/// The same as numbers: Destination::version.
[[nodiscard]] std::optional<std::vector<qint64>> readVersions(const Request& request);

} // namespace punctual::api
