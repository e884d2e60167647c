// SPDX-License-Identifier: GPL-3.0-or-later
// Calls on what holds messages of a destination back: keys, limits, quotas.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void listBlockedKeys(const CallPointer& call);
void releaseKey(const CallPointer& call);
void showForecast(const CallPointer& call);
void showQuota(const CallPointer& call);

} // namespace punctual::api
