// SPDX-License-Identifier: GPL-3.0-or-later
// What attempts came to, by second and destination.
#pragma once

#include "core/delivery_statistics.h"
#include "store/connection.h"

#include <vector>

namespace punctual::store
{

[[nodiscard]] Result<void> addStatistics(Connection& connection, const QUuid& node,
                                         const std::vector<DeliveryStatistics>& rows);

/// The sums by second and destination of the seconds in [from, until), oldest first, of all nodes.
[[nodiscard]] Result<std::vector<DeliveryStatistics>> statistics(Connection& connection, Instant from,
                                                                 Instant until);

} // namespace punctual::store
