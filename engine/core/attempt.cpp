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

Outcome judgeStatus(int status, const RetryPolicy& retry)
{
    switch (retry.meaningOf(status)) {
    case StatusMeaning::Delivered:
        return Outcome::Delivered;
    case StatusMeaning::Retry:
        return Outcome::Failed;
    case StatusMeaning::Refuse:
    case StatusMeaning::Stop:
        return Outcome::Refused;
    }
    Q_UNREACHABLE();
}

bool saysStop(const Exchange& exchange, const RetryPolicy& retry)
{
    return exchange.ending == Exchange::Ending::Answered &&
           retry.meaningOf(exchange.status) == StatusMeaning::Stop;
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

Outcome judge(const Exchange& exchange, const RetryPolicy& retry)
{
    switch (exchange.ending) {
    case Exchange::Ending::Answered:
        return judgeStatus(exchange.status, retry);
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

Outcome judge(const Exchange& exchange)
{
    static const RetryPolicy defaults;
    return judge(exchange, defaults);
}

NextStep nextStep(const Exchange& exchange, int attempt, int maxAttempts, const RetryPolicy& retry,
                  OnUnknown onUnknown, double random, std::optional<Instant> due)
{
    const Outcome outcome = judge(exchange, retry);
    if (outcome == Outcome::Delivered)
        return {MessageState::Delivered};
    if (outcome == Outcome::Unknown && onUnknown == OnUnknown::Hold)
        return {MessageState::Unknown};
    const NextStep dead{.state = MessageState::Dead, .pauseDestination = saysStop(exchange, retry)};
    if (outcome == Outcome::Refused || attempt >= maxAttempts)
        return dead;
    const Duration delay =
        std::max(retry.delayAfter(attempt, random), exchange.retryAfter.value_or(Duration{}));
    if (due && retry.maxAge && exchange.endedAt + delay > *due + *retry.maxAge)
        return dead;
    return {.state = MessageState::Retrying, .delay = delay};
}

} // namespace punctual
