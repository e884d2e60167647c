// SPDX-License-Identifier: GPL-3.0-or-later
// Who changed what.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void listAudit(const CallPointer& call);

} // namespace punctual::api
