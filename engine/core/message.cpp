// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message.h"

namespace punctual
{

QLatin1StringView toText(Priority priority)
{
    switch (priority) {
    case Priority::High:
        return QLatin1StringView("high");
    case Priority::Normal:
        return QLatin1StringView("normal");
    case Priority::Low:
        return QLatin1StringView("low");
    }
    Q_UNREACHABLE();
}

std::optional<Priority> parsePriority(QStringView text)
{
    for (const auto priority : allPriorities)
        if (toText(priority) == text)
            return priority;
    return std::nullopt;
}

} // namespace punctual
