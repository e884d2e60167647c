// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/destination.h"

namespace punctual
{

QLatin1StringView toText(OnUnknown onUnknown)
{
    return onUnknown == OnUnknown::Hold ? QLatin1StringView("hold") : QLatin1StringView("retry");
}

std::optional<OnUnknown> parseOnUnknown(QStringView text)
{
    for (const auto onUnknown : {OnUnknown::Retry, OnUnknown::Hold})
        if (toText(onUnknown) == text)
            return onUnknown;
    return std::nullopt;
}

} // namespace punctual
