// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace punctual
{

QLatin1StringView toText(Backoff backoff)
{
    return backoff == Backoff::Fixed ? QLatin1StringView("fixed") : QLatin1StringView("exponential");
}

std::optional<Backoff> parseBackoff(QStringView text)
{
    for (const auto backoff : {Backoff::Exponential, Backoff::Fixed})
        if (toText(backoff) == text)
            return backoff;
    return std::nullopt;
}

Duration RetryPolicy::delayAfter(int attempt, double random) const
{
    double delay = static_cast<double>(initialDelay.count());
    if (backoff == Backoff::Exponential && initialDelay > Duration{})
        delay *= std::pow(factor, std::max(attempt, 1) - 1); // may be infinite; the cap below cuts it
    delay = std::min(delay, static_cast<double>(maxDelay.count()));
    delay *= 1 + jitter * (2 * random - 1);
    return Duration(std::llround(delay));
}

} // namespace punctual
