// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change_set.h"

#include <QStringList>

namespace punctual
{

QString toText(const ChangePlace& place)
{
    return QStringLiteral("%1-%2-%3").arg(place.transaction).arg(place.id).arg(place.count);
}

std::optional<ChangePlace> parseChangePlace(QStringView text)
{
    const auto parts = text.split(u'-');
    if (parts.size() != 3)
        return std::nullopt;
    bool hasTransaction = false;
    bool hasId = false;
    bool hasCount = false;
    const ChangePlace place{parts[0].toULongLong(&hasTransaction), parts[1].toLongLong(&hasId),
                            parts[2].toLongLong(&hasCount)};
    const bool isPlace = hasTransaction && hasId && hasCount && place.id >= 0 && place.count >= 0;
    return isPlace && toText(place) == text ? std::optional(place) : std::nullopt;
}

} // namespace punctual
