// SPDX-License-Identifier: GPL-3.0-or-later
// Calls on destinations.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void listDestinations(const CallPointer& call);
void showDestination(const CallPointer& call);
void putDestination(const CallPointer& call);
void patchDestination(const CallPointer& call);
void removeDestination(const CallPointer& call);
void pauseDestination(const CallPointer& call);
void resumeDestination(const CallPointer& call);
void testDestination(const CallPointer& call);

} // namespace punctual::api
