// SPDX-License-Identifier: GPL-3.0-or-later
// The destination `echo`, which every installation has: answered here with 200 and the body itself.
#pragma once

#include "core/attempt.h"
#include "delivery/request.h"

namespace punctual::delivery
{

[[nodiscard]] inline Exchange echo(const Request& request, Instant now)
{
    return {.ending = Exchange::Ending::Answered,
            .status = 200,
            .error = {},
            .response = request.content.body.left(keptResponseBytes),
            .retryAfter = {},
            .startedAt = now,
            .endedAt = now};
}

} // namespace punctual::delivery
