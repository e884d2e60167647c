// SPDX-License-Identifier: GPL-3.0-or-later
// The spans of time that the rate limiters have in common.
#pragma once

#include "core/time.h"

#include <algorithm>

namespace punctual
{

/// How long a permit may be used: long enough for a node to claim and send what it took the permit for,
/// short enough that charging for it costs less than a tenth of the limit (a twentieth from 40 ms on).
[[nodiscard]] constexpr Duration validityFor(Duration per)
{
    using namespace std::chrono_literals;
    return std::min(std::clamp<Duration>(per / 20, 2ms, 50ms), per / 10);
}

/// How far ahead evenly spaced permits are given out. It is what a dying node takes with it, at most.
[[nodiscard]] constexpr Duration reachFor(Duration per)
{
    using namespace std::chrono_literals;
    return std::min<Duration>(per, 100ms);
}

/// Between nodes that read one clock the time differs by less than this. What goes back further is a
/// clock that was set.
inline constexpr Duration clockTolerance = std::chrono::seconds(1);

/// The time to reckon with: it never goes back, unless the clock was set.
[[nodiscard]] constexpr Instant presentAt(Instant latest, Instant now)
{
    return latest > now && latest - now <= clockTolerance ? latest : now;
}

/// What is left out at the end of a window of the clock, so that what leaves in it also arrives in it.
[[nodiscard]] constexpr Duration windowGuardFor(Duration per)
{
    using namespace std::chrono_literals;
    return std::min<Duration>(per / 50, 20ms);
}

/// The beginning of the window of the clock. Times before 1970 do not occur.
[[nodiscard]] constexpr Instant windowStart(Instant instant, Duration per)
{
    return instant - instant.time_since_epoch() % per;
}

/// dividend / divisor rounded up. Neither is negative.
[[nodiscard]] constexpr qint64 dividedUp(qint64 dividend, qint64 divisor)
{
    return dividend == 0 ? 0 : (dividend - 1) / divisor + 1;
}

} // namespace punctual
