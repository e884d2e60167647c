// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/router.h"

#include <QStringView>

namespace punctual::api
{

namespace
{

/// The part up to the next slash, which is taken off the text.
QStringView takePart(QStringView& text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QStringView part = slash < 0 ? text : text.first(slash);
    text = slash < 0 ? QStringView() : text.sliced(slash + 1);
    return part;
}

/// Every call looks at every route: nothing is copied but what a pattern's braces stand for.
std::optional<PathParameters> match(QStringView pattern, QStringView path)
{
    if (pattern.count(u'/') != path.count(u'/'))
        return std::nullopt;
    PathParameters parameters;
    for (qsizetype left = pattern.count(u'/'); left >= 0; --left) {
        const QStringView part = takePart(pattern);
        const QStringView given = takePart(path);
        if (part.startsWith(u'{') && !given.isEmpty())
            parameters.insert(part.sliced(1, part.size() - 2).toString(), given.toString());
        else if (part != given)
            return std::nullopt;
    }
    return parameters;
}

} // namespace

RouteMatch findRoute(const std::vector<Route>& routes, const QByteArray& method, const QString& path)
{
    const QByteArray wanted = method == "HEAD" ? QByteArrayLiteral("GET") : method;
    RouteMatch found;
    for (const auto& route : routes) {
        const auto parameters = match(route.pattern, path);
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
