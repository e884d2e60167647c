// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_policy.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace punctual
{

namespace
{

constexpr std::array<std::pair<Backoff, QLatin1StringView>, 3> names{{
    {Backoff::Exponential, QLatin1StringView("exponential")},
    {Backoff::Fixed, QLatin1StringView("fixed")},
    {Backoff::List, QLatin1StringView("list")},
}};

/// Without the jitter.
double plainDelay(const RetryPolicy& policy, int attempt)
{
    const int retries = std::max(attempt, 1) - 1;
    if (policy.backoff == Backoff::List && !policy.delays.empty()) {
        const auto last = policy.delays.size() - 1;
        return static_cast<double>(policy.delays[std::min(static_cast<std::size_t>(retries), last)].count());
    }
    double delay = static_cast<double>(policy.initialDelay.count());
    if (policy.backoff == Backoff::Exponential && policy.initialDelay > Duration{})
        delay *= std::pow(policy.factor, retries); // may be infinite; the cap below cuts it
    return std::min(delay, static_cast<double>(policy.maxDelay.count()));
}

} // namespace

QLatin1StringView toText(Backoff backoff)
{
    for (const auto& [value, name] : names)
        if (value == backoff)
            return name;
    Q_UNREACHABLE();
}

std::optional<Backoff> parseBackoff(QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

Duration RetryPolicy::delayAfter(int attempt, double random) const
{
    const double share = fullJitter ? random : 1 + jitter * (2 * random - 1);
    const double delay = plainDelay(*this, attempt) * share;
    // The cap is one of the jitter too; a list says itself how long.
    return Duration(std::llround(
        backoff == Backoff::List ? delay : std::min(delay, static_cast<double>(maxDelay.count()))));
}

StatusMeaning RetryPolicy::meaningOf(int status) const
{
    if (status >= 200 && status < 300)
        return StatusMeaning::Delivered;
    const std::array<std::pair<const StatusCodes*, StatusMeaning>, 3> lists{{
        {&stopOn, StatusMeaning::Stop},
        {&refuseOn, StatusMeaning::Refuse},
        {&retryOn, StatusMeaning::Retry},
    }};
    for (const auto& [codes, meaning] : lists)
        if (codes->hasCode(status))
            return meaning;
    for (const auto& [codes, meaning] : lists)
        if (codes->hasClass(status))
            return meaning;
    return StatusMeaning::Refuse;
}

} // namespace punctual
