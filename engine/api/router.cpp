// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/router.h"

#include <QStringList>

namespace punctual::api
{

namespace
{

std::optional<PathParameters> match(const QString& pattern, const QStringList& path)
{
    const QStringList parts = pattern.split(u'/');
    if (parts.size() != path.size())
        return std::nullopt;
    PathParameters parameters;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        if (part.startsWith(u'{') && !path[i].isEmpty())
            parameters.insert(part.sliced(1, part.size() - 2), path[i]);
        else if (part != path[i])
            return std::nullopt;
    }
    return parameters;
}

} // namespace

RouteMatch findRoute(const std::vector<Route>& routes, const QByteArray& method, const QString& path)
{
    const QByteArray wanted = method == "HEAD" ? QByteArrayLiteral("GET") : method;
    const QStringList parts = path.split(u'/');
    RouteMatch found;
    for (const auto& route : routes) {
        const auto parameters = match(route.pattern, parts);
        if (!parameters)
            continue;
        found.allowed.append(route.method);
        if (route.method == "GET")
            found.allowed.append(QByteArrayLiteral("HEAD"));
        if (route.method == wanted) {
            found.route = &route;
            found.parameters = *parameters;
        }
    }
    return found;
}

} // namespace punctual::api
