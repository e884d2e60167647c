// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actor.h"

namespace punctual
{

QLatin1StringView toText(Role role)
{
    switch (role) {
    case Role::Viewer:
        return QLatin1StringView("viewer");
    case Role::Operator:
        return QLatin1StringView("operator");
    case Role::Admin:
        return QLatin1StringView("admin");
    }
    Q_UNREACHABLE();
}

std::optional<Role> parseRole(QStringView text)
{
    for (const auto role : {Role::Viewer, Role::Operator, Role::Admin})
        if (toText(role) == text)
            return role;
    return std::nullopt;
}

} // namespace punctual
