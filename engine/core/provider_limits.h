// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer says about the limits of the third party, in the dialects that are common:
//
//   RateLimit: "default";r=50;t=30        with RateLimit-Policy: "default";q=100;w=60
//                                         (draft-ietf-httpapi-ratelimit-headers, from 08 on)
//   RateLimit: limit=100, remaining=50, reset=5                (the same draft, 06 and 07)
//   RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset      (the same draft, up to 06)
//   X-RateLimit-Limit, …   X-Rate-Limit-Limit, …               (no standard)
//   X-RateLimit-Reset-After                                    (seconds)
//
// The first of these that is there is believed, in this order, and only that one. Of several policies it
// is the one with the least left. "100, 100;w=60" is 100.
//
// A reset is told by its size: up to 31 days it is seconds from now; from 1e9 to 1e11 seconds since 1970,
// from 1e12 to 1e14 milliseconds since 1970; else it may be a date of HTTP or RFC 3339. A reset up to
// a minute ago is now (clocks differ). Anything else, and what lies more than 31 days ahead, is ignored.
#pragma once

#include "core/header.h"
#include "core/time.h"

namespace punctual
{

struct ProviderLimits
{
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<Instant> resetAt;
    std::optional<Duration> retryAfter; // the header `Retry-After`; see retry_after.h

    [[nodiscard]] bool isEmpty() const { return !limit && !remaining && !resetAt && !retryAfter; }

    friend bool operator==(const ProviderLimits&, const ProviderLimits&) = default;
};

[[nodiscard]] ProviderLimits readProviderLimits(const std::vector<Header>& headers, Instant now);

} // namespace punctual
