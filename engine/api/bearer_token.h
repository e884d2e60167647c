// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller shows to be let in.
#pragma once

#include "api/request.h"

namespace punctual::api
{

/// The token of "Authorization: Bearer <token>" (RFC 6750, section 2.1); empty when there is none.
[[nodiscard]] QByteArray bearerToken(const Request& request);

} // namespace punctual::api
