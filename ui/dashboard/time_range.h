// SPDX-License-Identifier: GPL-3.0-or-later
// How far back a dashboard looks, in which steps, and how often it looks again.
#pragma once

#include "core/time.h"

#include <array>

namespace punctual::ui
{

struct TimeRange
{
    Duration span;
    Duration step; // at most about 300 of them make the span
    std::chrono::milliseconds refresh;
};

extern const std::array<TimeRange, 6> timeRanges;

/// "5 minutes", "30 days".
[[nodiscard]] QString rangeName(const TimeRange& range);

} // namespace punctual::ui
