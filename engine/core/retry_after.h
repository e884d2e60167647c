// SPDX-License-Identifier: GPL-3.0-or-later
// When a third party says to come again (RFC 9110, sections 5.6.7 and 10.2.3).
#pragma once

#include "core/time.h"

#include <QByteArrayView>

#include <optional>

namespace punctual
{

/// Nobody is believed to mean more than this.
inline constexpr Duration longestRetryAfter = std::chrono::days(31);

/// Reads the three forms of a date in HTTP: "Sun, 06 Nov 1994 08:49:37 GMT", the old one of RFC 850
/// with two digits for the year (which is at most 50 years after `now`), and that of asctime.
[[nodiscard]] std::optional<Instant> httpDate(QByteArrayView value, Instant now);

/// The value of `Retry-After`: seconds (some send a fraction) or a date. A time in the past is no wait, a
/// longer one than longestRetryAfter is that long. Nothing for a value that is neither.
[[nodiscard]] std::optional<Duration> readRetryAfter(QByteArrayView value, Instant now);

} // namespace punctual
