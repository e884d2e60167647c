// SPDX-License-Identifier: GPL-3.0-or-later
// Calls about the service itself. None of them asks for a token.
#pragma once

#include "api/route.h"

namespace punctual::api
{

/// 200 whenever the server's loop turns.
void showHealth(const CallPointer& call);
/// 200 when the database answers and a live node holds shards, so that messages are being delivered.
void showReadiness(const CallPointer& call);
/// The OpenAPI description of this API.
void showDescription(const CallPointer& call);

} // namespace punctual::api
