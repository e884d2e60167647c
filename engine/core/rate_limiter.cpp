// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rate_limiter.h"

#include "core/fixed_window.h"
#include "core/leaky_bucket.h"
#include "core/sliding_log.h"
#include "core/sliding_window.h"
#include "core/token_bucket.h"

namespace punctual
{

int Grant::usable(Instant now, Instant until) const
{
    if (spacing == Duration{})
        return first <= until && first + validity >= now ? permits : 0;
    int count = 0;
    for (int i = 0; i < permits; ++i) {
        const Instant at = first + i * spacing;
        count += at <= until && at + validity >= now ? 1 : 0;
    }
    return count;
}

RateLimiter::~RateLimiter() = default;

std::unique_ptr<const RateLimiter> makeRateLimiter(const RateLimit& rate, Duration validity)
{
    switch (rate.algorithm) {
    case RateAlgorithm::TokenBucket:
        if (rate.burst == 1) // no two calls may be closer than per / limit: a leaky bucket of one call
            return std::make_unique<LeakyBucket>(1, Duration(dividedUp(rate.per.count(), rate.limit)),
                                                 reachFor(rate.per), validity);
        return std::make_unique<TokenBucket>(rate.limit, rate.per, rate.burst, validity);
    case RateAlgorithm::LeakyBucket:
        return std::make_unique<LeakyBucket>(rate.limit, rate.per, reachFor(rate.per), validity);
    case RateAlgorithm::FixedWindow:
        return std::make_unique<FixedWindow>(rate.limit, rate.per);
    case RateAlgorithm::SlidingWindow:
        return std::make_unique<SlidingWindow>(rate.limit, rate.per);
    case RateAlgorithm::SlidingLog:
        return std::make_unique<SlidingLog>(rate.limit, rate.per, validity);
    }
    Q_UNREACHABLE();
}

} // namespace punctual
