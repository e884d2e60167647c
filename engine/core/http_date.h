// SPDX-License-Identifier: GPL-3.0-or-later
// A date as HTTP headers carry it (RFC 9110, section 5.6.7).
#pragma once

#include "core/time.h"

#include <optional>

namespace punctual
{

/// Reads the form that is sent and the two of old. `now` says which century is meant by a year of two digits.
[[nodiscard]] std::optional<Instant> parseHttpDate(const QString& text, Instant now);

} // namespace punctual
