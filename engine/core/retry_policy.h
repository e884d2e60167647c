// SPDX-License-Identifier: GPL-3.0-or-later
// Which answers are worth another attempt, how many there are, and how long to wait before the next.
#pragma once

#include "core/status_codes.h"
#include "core/time.h"

#include <QLatin1StringView>

#include <optional>
#include <vector>

namespace punctual
{

enum class Backoff { Exponential, Fixed, List };

[[nodiscard]] QLatin1StringView toText(Backoff backoff);
[[nodiscard]] std::optional<Backoff> parseBackoff(QStringView text);

/// What an answer of the third party means for the message.
enum class StatusMeaning {
    Delivered,
    Retry,  // worth another attempt
    Refuse, // refused for good
    Stop,   // refused for good, and nothing else is to be sent there until a person has looked
};

/// Exponential backoff with jitter, as in "Exponential Backoff And Jitter" (Brooker, AWS Architecture Blog,
/// 2015). With initialDelay 1 s, factor 2 and maxDelay 1 h the attempts 2, 3, 4, 5 follow after 1, 2, 4,
/// 8 s; a jitter of 0.1 spreads each of them evenly over ±10 %, full jitter from nothing to all of it.
///
/// What a status means: 2xx is delivered. Otherwise a list that has the very code decides, then one that
/// has its class, both in the order stop, refuse, retry; what is in none is refused.
struct RetryPolicy
{
    int maxAttempts = 5;
    Backoff backoff = Backoff::Exponential;
    Duration initialDelay = std::chrono::seconds(1);
    double factor = 2; // at least 1
    Duration maxDelay = std::chrono::hours(1);
    double jitter = 0.1; // 0 to 1
    bool fullJitter = false;
    std::vector<Duration> delays = {};   // of the list, as they are, whatever maxDelay says; the last repeats
    std::optional<Duration> maxAge = {}; // from the due time on; no attempt begins later
    StatusCodes retryOn = {408, 425, 429, 5};
    StatusCodes refuseOn = {};
    StatusCodes stopOn = {410};

    /// The wait after the attempt with this number (the first is 1) failed. `random` is in [0, 1).
    [[nodiscard]] Duration delayAfter(int attempt, double random) const;

    [[nodiscard]] StatusMeaning meaningOf(int status) const;

    friend bool operator==(const RetryPolicy&, const RetryPolicy&) = default;
};

} // namespace punctual
