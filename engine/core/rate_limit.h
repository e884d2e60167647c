// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls a destination may get in which time: the rule, as a person sets it. What acts by it is
// a RateLimiter (rate_limiter.h).
#pragma once

#include "core/time.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual
{

enum class RateAlgorithm {
    TokenBucket,   // at most burst + limit / per * t calls in any time t
    LeakyBucket,   // evenly spaced; at most `limit` calls in any `per`
    FixedWindow,   // at most `limit` calls in each window of the clock; twice that around its border
    SlidingWindow, // two counters that approximate the last `per`
    SlidingLog,    // at most `limit` calls in any `per`, which may all come at once
};

[[nodiscard]] QLatin1StringView toText(RateAlgorithm algorithm);
[[nodiscard]] std::optional<RateAlgorithm> parseRateAlgorithm(QStringView text);

struct RateLimit
{
    RateAlgorithm algorithm = RateAlgorithm::TokenBucket;
    qint64 limit = 1;
    Duration per = std::chrono::seconds(1);
    qint64 burst = 1; // of the token bucket; the limit if nobody says otherwise

    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// The log of a sliding log is kept whole, so its limit is bounded.
inline constexpr qint64 mostInSlidingLog = 10'000;

// {"algorithm", "limit", "per_ms", "burst"}; `burst` only with token_bucket. What is absent is taken from
// `current`; without one, `limit` and `per_ms` have to be there.
[[nodiscard]] QJsonObject toJson(const RateLimit& rate);
[[nodiscard]] RateLimit readRateLimit(const QJsonObject& object, const QString& pointer,
                                      std::vector<FieldError>& errors,
                                      const std::optional<RateLimit>& current = {});

} // namespace punctual
