// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a request's body as a JSON object.
#pragma once

#include "api/request.h"
#include "api/response.h"

#include <tl/expected.hpp>

namespace punctual::api
{

struct JsonBody
{
    QByteArray text;
    QJsonObject object;
};

/// The answer instead, when the body is no JSON object (400) or says that it is something else (415).
[[nodiscard]] tl::expected<JsonBody, Response> readJsonBody(const Request& request);

} // namespace punctual::api
