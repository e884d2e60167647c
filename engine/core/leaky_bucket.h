// SPDX-License-Identifier: GPL-3.0-or-later
// At most `limit` calls in any (half-open) span of `per`, evenly spaced.
//
// Source: the leaky bucket as a queue (Turner, "New directions in communications", IEEE Communications
// Magazine 1986), in the form of ITU-T I.371's virtual scheduling algorithm: only the moment of the next
// free place is kept.
//
// A permit may be used up to `validity` after its moment, so the calls of one span come from the moments
// of a span that is longer by the validity. With moments (per + validity) / limit apart that span holds
// `limit` of them.
//
// Places are given out up to 100 ms ahead (and at most `per`), so that a node need not ask for each.
//
// Worked example, 4 a second: the validity is 50 ms, so the moments are 262.5 ms apart. At 0 five are
// wanted: one at 0 is granted, the next lies beyond 100 ms. More can be had from 162.5 ms on, where the
// place at 262.5 ms is within reach.
//
// State: the moment of the next free place.
#pragma once

#include "core/limiter_time.h"
#include "core/rate_limiter.h"

namespace punctual
{

class LeakyBucket final : public RateLimiter
{
public:
    LeakyBucket(qint64 limit, Duration per)
        : LeakyBucket(limit, per, reachFor(per))
    {
    }

    /// `reach`: how far ahead places are given out. `validity`: of a permit, if it has to last longer than
    /// usual.
    LeakyBucket(qint64 limit, Duration per, Duration reach, Duration validity = {});

    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted) const override;

private:
    Duration m_validity;
    Duration m_spacing;
    Duration m_reach;
};

} // namespace punctual
