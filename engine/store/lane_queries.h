// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes exchange about the lanes of destinations, and what clients ask about them: see 0004_lanes.sql.
#pragma once

#include "core/blocked_key.h"
#include "core/forecast.h"
#include "core/lane_guard.h"
#include "core/quota_history.h"
#include "core/why.h"
#include "store/connection.h"

#include <vector>

namespace punctual::store
{

/// A lane as a node worked it out from the version that `state` names.
struct LaneUpdate
{
    QString destination;
    LaneState state;
    LaneGuard::View view;
};

struct LaneRow
{
    QString destination;
    bool written = false; // else somebody else was first: `state` is what there is
    LaneState state;
};

/// Gives a row for every lane that there is of them. An update with version -1 writes nothing.
[[nodiscard]] Result<std::vector<LaneRow>> exchangeLanes(Connection& connection,
                                                         const std::vector<LaneUpdate>& updates);

/// Pauses it until a person resumes it, unless it is paused already.
[[nodiscard]] Result<void> stopDestination(Connection& connection, const QString& destination,
                                           const QString& reason);

/// Goes on with the keys after this one; see advance_some_keys(). Gives where to go on, or nothing at the
/// end.
struct KeyPlace
{
    QString destination;
    QString key;
};
[[nodiscard]] Result<KeyPlace> advanceKeys(Connection& connection, const KeyPlace& after, int limit);

/// NotFound if there is no such message.
[[nodiscard]] Result<Why> why(Connection& connection, const MessageId& id);

/// Of keys after this one, in their order.
[[nodiscard]] Result<std::vector<BlockedKey>> blockedKeys(Connection& connection, const QString& destination,
                                                          const QString& after, int limit);
/// Gives whether it was parked.
[[nodiscard]] Result<bool> releaseKey(Connection& connection, const QString& destination, const QString& key);

/// Of all destinations, or of the one that is named.
[[nodiscard]] Result<std::vector<Forecast>> forecasts(Connection& connection,
                                                      const std::optional<QString>& destination, int hours);

/// Oldest first.
[[nodiscard]] Result<std::vector<QuotaMinute>>
quotaHistory(Connection& connection, const QString& destination, Instant from, Instant until);

} // namespace punctual::store
