// SPDX-License-Identifier: GPL-3.0-or-later
// The header Retry-After: how long a third party wants to be left alone (RFC 9110, section 10.2.3).
#pragma once

#include "core/time.h"

#include <QByteArrayView>

#include <optional>

namespace punctual
{

/// What a third party may ask for at most. Beyond it the number is a mistake, and this is taken.
inline constexpr Duration mostRetryAfter = std::chrono::days(31);

/// Reads seconds (with a fraction they are rounded up) or a date in any of the three forms of HTTP, and gives
/// the time from `now` until then: 0 when it has passed, nothing when the value is neither.
[[nodiscard]] std::optional<Duration> parseRetryAfter(QByteArrayView value, Instant now);

} // namespace punctual
