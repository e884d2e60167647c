// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the route of a request.
#pragma once

#include "api/route.h"

namespace punctual::api
{

struct RouteMatch
{
    const Route* route = nullptr;
    PathParameters parameters;
    QByteArrayList allowed; // the methods that the path knows, if it is known
};

/// HEAD is routed as GET. The match points into `routes`.
[[nodiscard]] RouteMatch findRoute(const std::vector<Route>& routes, const QByteArray& method,
                                   const QString& path);

} // namespace punctual::api
