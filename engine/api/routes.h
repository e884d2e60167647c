// SPDX-License-Identifier: GPL-3.0-or-later
// The route table of the REST API. resources/openapi.yaml describes the same routes to callers.
#pragma once

#include "api/route.h"

namespace punctual::api
{

[[nodiscard]] const std::vector<Route>& routes();

} // namespace punctual::api
