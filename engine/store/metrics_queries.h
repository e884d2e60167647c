// SPDX-License-Identifier: GPL-3.0-or-later
// The figures by which an installation is watched: short reads of what is counted anyway.
#pragma once

#include "core/metrics.h"
#include "store/connection.h"

namespace punctual::store
{

[[nodiscard]] Result<Metrics> metrics(Connection& connection);

} // namespace punctual::store
