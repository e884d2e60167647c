// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the installation for Prometheus.
#pragma once

#include "api/route.h"

namespace punctual::api
{

/// While the database is away it answers too: with that alone.
void showMetrics(const CallPointer& call);

} // namespace punctual::api
