// SPDX-License-Identifier: GPL-3.0-or-later
// Why a message waits, and what a person decides about it.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void showWhy(const CallPointer& call);
void resolveMessage(const CallPointer& call);
void restoreMessage(const CallPointer& call);

} // namespace punctual::api
