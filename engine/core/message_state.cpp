// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message_state.h"

#include <utility>

namespace punctual
{

namespace
{

using enum MessageState;

constexpr std::array<std::pair<MessageState, QLatin1StringView>, 8> names{{
    {Scheduled, QLatin1StringView("scheduled")},
    {Retrying, QLatin1StringView("retrying")},
    {Delivering, QLatin1StringView("delivering")},
    {Unknown, QLatin1StringView("unknown")},
    {Delivered, QLatin1StringView("delivered")},
    {Dead, QLatin1StringView("dead")},
    {Cancelled, QLatin1StringView("cancelled")},
    {Expired, QLatin1StringView("expired")},
}};

constexpr std::array<std::pair<MessageState, MessageState>, 14> moves{{
    {Scheduled, Delivering},
    {Scheduled, Cancelled},
    {Scheduled, Expired},
    {Retrying, Delivering},
    {Retrying, Cancelled},
    {Retrying, Expired},
    {Cancelled, Scheduled},
    {Delivering, Delivered},
    {Delivering, Retrying},
    {Delivering, Dead},
    {Delivering, Unknown},
    {Unknown, Delivered},
    {Unknown, Retrying},
    {Unknown, Dead},
}};

} // namespace

QLatin1StringView toText(MessageState state)
{
    for (const auto& [value, name] : names)
        if (value == state)
            return name;
    Q_UNREACHABLE();
}

std::optional<MessageState> parseMessageState(QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

bool isFinal(MessageState state)
{
    return state == Delivered || state == Dead || state == Cancelled || state == Expired;
}

bool isWaiting(MessageState state)
{
    return state == Scheduled || state == Retrying;
}

bool mayMove(MessageState from, MessageState to)
{
    for (const auto& move : moves)
        if (move == std::pair(from, to))
            return true;
    return false;
}

} // namespace punctual
