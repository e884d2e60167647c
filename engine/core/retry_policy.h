// SPDX-License-Identifier: GPL-3.0-or-later
// How long to wait before the next attempt.
#pragma once

#include "core/time.h"

#include <QLatin1StringView>

#include <optional>

namespace punctual
{

enum class Backoff { Exponential, Fixed };

[[nodiscard]] QLatin1StringView toText(Backoff backoff);
[[nodiscard]] std::optional<Backoff> parseBackoff(QStringView text);

/// Exponential backoff with proportional jitter, as in "Exponential Backoff And Jitter" (Brooker, AWS
/// Architecture Blog, 2015). With initialDelay 1 s, factor 2 and maxDelay 1 h the attempts 2, 3, 4, 5
/// follow after 1, 2, 4, 8 s; a jitter of 0.1 spreads each of them evenly over ±10 %.
struct RetryPolicy
{
    int maxAttempts = 5;
    Backoff backoff = Backoff::Exponential;
    Duration initialDelay = std::chrono::seconds(1);
    double factor = 2;
    Duration maxDelay = std::chrono::hours(1);
    double jitter = 0.1; // 0 to 1

    /// The wait after the attempt with this number (the first is 1) failed. `random` is in [0, 1).
    [[nodiscard]] Duration delayAfter(int attempt, double random) const;

    friend bool operator==(const RetryPolicy&, const RetryPolicy&) = default;
};

} // namespace punctual
