// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to messages, as it happens.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void followEvents(const CallPointer& call);

} // namespace punctual::api
