// SPDX-License-Identifier: GPL-3.0-or-later
// At most `limit` calls in each window of the clock: windows of `per` follow one another from the epoch
// (1970-01-01T00:00Z), so those of a minute begin with the minute.
//
// Source: the counter of the INCR command in the documentation of Redis ("Pattern: Rate limiter 1").
//
// A permit is good until shortly before the end of its window: the last fiftieth of a window, at most
// 20 ms, is left out, so that what leaves in a window also arrives in it. Around the border of two
// windows twice the limit may leave within a moment; that is what this rule allows, and a third party
// that counts so counts so.
//
// Worked example, 5 a second: at 12:00:00.700 eight are wanted, five are granted, good until
// 12:00:00.980; the rest can be had at 12:00:01. There five more: ten calls within 320 ms.
//
// A clock that was set back by up to one window waits until the window that it left comes again; set back
// further, its present window counts as full. Either lasts for one window at most.
//
// State: the latest time, the beginning of the window, the permits taken in it.
#pragma once

#include "core/rate_limiter.h"

namespace punctual
{

class FixedWindow final : public RateLimiter
{
public:
    FixedWindow(qint64 limit, Duration per);

    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted) const override;

private:
    qint64 m_limit;
    Duration m_per;
    Duration m_guard;
};

} // namespace punctual
