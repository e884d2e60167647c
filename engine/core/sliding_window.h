// SPDX-License-Identifier: GPL-3.0-or-later
// At most `limit` calls in the last `per`, estimated from two counters.
//
// Source: "How we built rate limiting capable of scaling to millions of domains" (Desgats, Cloudflare,
// 2017). The estimate is the calls of this window of the clock plus those of the window before, weighted
// by the share of it that the last `per` still covers: as if they had come evenly. The exact number in
// the last `per` may therefore be higher than the limit, up to nearly twice.
//
// The estimate is taken at the moment of taking; it only falls while the window goes on, so a permit
// that is used later is within the rule too. Permits end with the window, a little before
// (FixedWindow says why).
//
// Worked example (Cloudflare's), 50 a minute: 42 calls in the minute before, 18 in the first 15 s of this
// one: 42 * 45/60 + 18 = 49.5. No other call, for it would make 50.5. One more can be had when
// 42 * x + 19 <= 50, at 15.714286 s.
//
// Since every call of the window before weighs something until the window ends, a client that always has
// work gets one less than the limit in each window in the long run: with a limit of 1 every second window.
//
// A clock that was set back is treated as in FixedWindow.
//
// State: the latest time, the beginning of the window, the permits taken in it and in the one before.
#pragma once

#include "core/rate_limiter.h"

namespace punctual
{

class SlidingWindow final : public RateLimiter
{
public:
    SlidingWindow(qint64 limit, Duration per);

    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted) const override;

private:
    struct Counters
    {
        Instant start;
        qint64 current = 0;
        qint64 previous = 0;
    };

    /// The counters of the window that begins at `start`.
    [[nodiscard]] Counters movedTo(Instant start, const Counters& last) const;
    /// When the estimate has room for one more.
    [[nodiscard]] Instant nextRoom(const Counters& counters) const;
    /// How far a window has to be gone for one more; all of it if there is no room in it.
    [[nodiscard]] Duration goneForOneMore(qint64 current, qint64 previous) const;

    qint64 m_limit;
    Duration m_per;
    Duration m_guard;
};

} // namespace punctual
