// SPDX-License-Identifier: GPL-3.0-or-later
// At most `limit` calls in any (half-open) span of `per`, exactly; they may come all at once.
//
// Source: "Better Rate Limiting With Redis Sorted Sets" (Richardson, ClassDojo, 2015): every call stays in
// a log for `per`.
//
// A permit may be used up to `validity` after it was taken, so it stays in the log for per + validity:
// whatever is used in one span was taken within that time. Equal times are one entry, and times are
// rounded up to a 500th of `per`, so that the log has at most some 550 entries; a permit leaves it later by
// that much, never earlier.
//
// Worked example, 3 a second: the validity is 50 ms. At 0 two are taken, at 400 ms two are wanted and one
// is granted. Then nothing until 1050 ms, when the two of 0 leave the log; the next at 1450 ms.
//
// A clock that was set back leaves entries in the future: they count as taken now.
//
// State: the latest time, then a time and a number for each entry, the oldest first.
#pragma once

#include "core/rate_limiter.h"

namespace punctual
{

class SlidingLog final : public RateLimiter
{
public:
    /// `validity`: of a permit, if it has to last longer than usual.
    SlidingLog(qint64 limit, Duration per, Duration validity = {});

    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted) const override;

private:
    struct Entry
    {
        Instant time;
        qint64 count = 0;
    };

    /// The entries that still count.
    [[nodiscard]] std::vector<Entry> read(const LimiterState& state, Instant present) const;
    [[nodiscard]] Instant rounded(Instant time) const;

    qint64 m_limit;
    Duration m_validity;
    Duration m_stay; // in the log
    Duration m_grain;
};

} // namespace punctual
