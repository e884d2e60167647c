// SPDX-License-Identifier: GPL-3.0-or-later
// The trace that a call belongs to (W3C Trace Context, level 1): it goes on to the third party.
#pragma once

#include "api/request.h"
#include "core/message.h"

#include <vector>

namespace punctual::api
{

/// Adds the `traceparent` of the request to the headers of the messages that have none of their own. One that
/// is not well-formed is left out, as the standard asks.
[[nodiscard]] std::vector<NewMessage> withTraceOf(const Request& request, std::vector<NewMessage> messages);

} // namespace punctual::api
