// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of a window read, added up by the database.
#pragma once

#include "core/figures.h"
#include "store/connection.h"

namespace punctual::store
{

/// From `from` to `until` in steps: every one of them, of all nodes and of these destinations or, if none is
/// named, of all. Causes are told of all destinations alone.
[[nodiscard]] Result<std::vector<FigurePoint>> figurePoints(Connection& connection, Instant from,
                                                            Instant until, Duration step,
                                                            const QStringList& destinations = {});

/// By destination, of a span whose steps would be `step`.
[[nodiscard]] Result<std::map<QString, DeliveryStatistics>>
statisticsBetween(Connection& connection, Instant from, Instant until, Duration step,
                  const QStringList& destinations);

[[nodiscard]] Result<BacklogAhead> backlogAhead(Connection& connection, int hours, Instant now);

/// Of each step the last minute, oldest first.
[[nodiscard]] Result<std::vector<QuotaMinute>> quotaByStep(Connection& connection, const QString& destination,
                                                           Instant from, Instant until, Duration step);

/// By destination.
[[nodiscard]] Result<std::map<QString, DeliveryStatistics>> statisticsOf(Connection& connection,
                                                                         Duration span);
[[nodiscard]] Result<std::map<QString, std::map<MessageState, qint64>>> countsOf(Connection& connection);

/// By node.
[[nodiscard]] Result<std::map<QUuid, DeliveryStatistics>> statisticsOfNodes(Connection& connection,
                                                                            Duration span);
[[nodiscard]] Result<DatabaseHealth> databaseHealth(Connection& connection);

} // namespace punctual::store
