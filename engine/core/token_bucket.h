// SPDX-License-Identifier: GPL-3.0-or-later
// At most burst + limit / per * t calls in any span of t, for a burst of 2 or more.
//
// Source: the token bucket of RFC 2697 and RFC 2698 (Heinanen and Guerin), reckoned on demand as in ITU-T
// I.371's continuous-state leaky bucket instead of being filled by a timer.
//
// A permit may be used up to `validity` after its moment, so the calls of a span t come from the moments
// of a span t + validity. The bucket is therefore smaller than the burst by what flows in during the
// validity, and the validity is so short that this is never more than half of what the burst has above 1.
//
// When the bucket is empty, permits are given out up to 100 ms ahead (and at most `per`), each at the
// moment at which its token will be there: the level is then below zero.
//
// Worked example, 100 a second with a burst of 20: the validity is 50 ms and costs 5 tokens, so the
// bucket holds 15. At 0 thirty are wanted: 15 are granted at once. Asked again at 0, with an empty bucket,
// it grants 10 at 10, 20, … 100 ms. At 1 s nothing has been used since: the bucket is full again, 15.
//
// State: the latest time, and the level at it in tokens * per (in microseconds), which keeps it whole.
#pragma once

#include "core/rate_limiter.h"

namespace punctual
{

class TokenBucket final : public RateLimiter
{
public:
    /// `validity`: of a permit, if it has to last longer than usual.
    TokenBucket(qint64 limit, Duration per, qint64 burst, Duration validity = {});

    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted) const override;

private:
    [[nodiscard]] qint64 levelAfter(qint64 level, Duration elapsed) const;
    /// How long it takes until the bucket holds one token.
    [[nodiscard]] Duration waitForOne(qint64 level) const;

    qint64 m_limit;
    qint64 m_token; // `per` in microseconds: a level grows by `limit` every microsecond
    Duration m_validity;
    qint64 m_capacity;
    Duration m_spacing;
    Duration m_reach;
};

} // namespace punctual
