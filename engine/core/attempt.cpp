// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attempt.h"

#include <algorithm>

namespace punctual
{

namespace
{

constexpr std::array<std::pair<Outcome, QLatin1StringView>, 4> names{{
    {Outcome::Delivered, QLatin1StringView("delivered")},
    {Outcome::Failed, QLatin1StringView("failed")},
    {Outcome::Refused, QLatin1StringView("refused")},
    {Outcome::Unknown, QLatin1StringView("unknown")},
}};

Outcome judgeStatus(int status)
{
    if (status >= 200 && status < 300)
        return Outcome::Delivered;
    const bool again = status == 408 || status == 425 || status == 429 || status >= 500;
    return again ? Outcome::Failed : Outcome::Refused;
}

} // namespace

QLatin1StringView toText(Outcome outcome)
{
    for (const auto& [value, name] : names)
        if (value == outcome)
            return name;
    Q_UNREACHABLE();
}

std::optional<Outcome> parseOutcome(QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

Outcome judge(const Exchange& exchange)
{
    switch (exchange.ending) {
    case Exchange::Ending::Answered:
        return judgeStatus(exchange.status);
    case Exchange::Ending::NotSent:
    case Exchange::Ending::Outdated:
        return Outcome::Failed;
    case Exchange::Ending::NoAnswer:
        return Outcome::Unknown;
    case Exchange::Ending::NotAllowed:
        return Outcome::Refused;
    }
    Q_UNREACHABLE();
}

NextStep nextStep(const Exchange& exchange, int attempt, int maxAttempts, const RetryPolicy& retry,
                  OnUnknown onUnknown, double random)
{
    const Outcome outcome = judge(exchange);
    if (outcome == Outcome::Delivered)
        return {MessageState::Delivered};
    if (outcome == Outcome::Unknown && onUnknown == OnUnknown::Hold)
        return {MessageState::Unknown};
    if (outcome == Outcome::Refused || attempt >= maxAttempts)
        return {MessageState::Dead};
    const Duration delay = retry.delayAfter(attempt, random);
    return {MessageState::Retrying, std::max(delay, exchange.retryAfter.value_or(Duration{}))};
}

} // namespace punctual
