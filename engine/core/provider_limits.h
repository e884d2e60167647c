// SPDX-License-Identifier: GPL-3.0-or-later
// What a third party says about its own limits in the headers of an answer.
#pragma once

#include "core/header.h"
#include "core/time.h"

#include <optional>
#include <vector>

namespace punctual
{

struct ProviderLimits
{
    std::optional<qint64> limit = {};     // requests a window; never 0
    std::optional<qint64> remaining = {}; // what is left of them
    std::optional<Instant> resetAt = {};  // when all of them are there again

    [[nodiscard]] bool isEmpty() const { return !limit && !remaining && !resetAt; }

    friend bool operator==(const ProviderLimits&, const ProviderLimits&) = default;
};

/// The longest window there is, a month. A reset that is further away than this is a mistake.
inline constexpr Duration mostResetAhead = std::chrono::days(31);

/// Reads the first of these dialects that says something; two of them may speak of different windows, and so
/// they are never mixed. Names of headers are in lower case, as in Exchange::headers.
///
/// 1. RateLimit: limit=100, remaining=50, reset=30    (draft-ietf-httpapi-ratelimit-headers-07)
///    RateLimit: "name";r=50;t=30                     (the same since -08), with the limit, q, out of
///    RateLimit-Policy: "name";q=100;w=60. Of several policies the one with the least left counts.
/// 2. RateLimit-Limit, -Remaining and -Reset          (the same up to -06)
/// 3. X-RateLimit-Limit, -Remaining and -Reset
/// 4. X-Rate-Limit-Limit, -Remaining and -Reset
///
/// Of a list such as "100, 100;w=60" the first value counts. A reset is a date (RFC 9110 or RFC 3339) or a
/// number, and the number's size tells what it means: up to 31 days of seconds it is a delay in seconds;
/// beyond, seconds since 1970 if that is a time in the next 31 days, else milliseconds since 1970. These
/// ranges are more than 50 years apart. What cannot be read, has passed or is further away is ignored.
[[nodiscard]] ProviderLimits readProviderLimits(const std::vector<Header>& headers, Instant now);

} // namespace punctual
