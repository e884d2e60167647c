// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation.h"

#include <utility>

namespace punctual
{

namespace
{

constexpr std::array<std::pair<OperationAction, QLatin1StringView>, 5> actions{{
    {OperationAction::Cancel, QLatin1StringView("cancel")},
    {OperationAction::Replay, QLatin1StringView("replay")},
    {OperationAction::Reschedule, QLatin1StringView("reschedule")},
    {OperationAction::Resolve, QLatin1StringView("resolve")},
    {OperationAction::Restore, QLatin1StringView("restore")},
}};

constexpr std::array<std::pair<OperationState, QLatin1StringView>, 4> states{{
    {OperationState::Running, QLatin1StringView("running")},
    {OperationState::Done, QLatin1StringView("done")},
    {OperationState::Aborted, QLatin1StringView("aborted")},
    {OperationState::Stopped, QLatin1StringView("stopped")},
}};

template <class Names, class Value>
QLatin1StringView nameOf(const Names& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value)
            return name;
    Q_UNREACHABLE();
}

template <class Value, class Names>
std::optional<Value> valueOf(const Names& names, QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

} // namespace

QLatin1StringView toText(OperationAction action)
{
    return nameOf(actions, action);
}

std::optional<OperationAction> parseOperationAction(QStringView text)
{
    return valueOf<OperationAction>(actions, text);
}

QLatin1StringView toText(OperationState state)
{
    return nameOf(states, state);
}

std::optional<OperationState> parseOperationState(QStringView text)
{
    return valueOf<OperationState>(states, text);
}

std::optional<qint64> matchingNow(const Error& error)
{
    if (error.code != ErrorCode::Conflict || error.fields.empty() ||
        !error.fields.front().pointer.endsWith(QStringLiteral("/expected_count")))
        return std::nullopt;
    return error.fields.front().detail.section(u' ', 0, 0).toLongLong();
}

} // namespace punctual
