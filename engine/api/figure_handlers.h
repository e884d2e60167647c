// SPDX-License-Identifier: GPL-3.0-or-later
// How the installation is doing: its nodes, and what deliveries came to over time.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void listNodes(const CallPointer& call);
void showStats(const CallPointer& call);

} // namespace punctual::api
