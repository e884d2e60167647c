// SPDX-License-Identifier: GPL-3.0-or-later
// What changed, for those who follow along.
#pragma once

#include "core/change_set.h"
#include "store/connection.h"

namespace punctual::store
{

/// Has changes written down for the next quarter of an hour: the transaction has to end before changesFrom().
[[nodiscard]] Result<void> followChanges(Connection& connection);
[[nodiscard]] Result<ChangeStart> changesFrom(Connection& connection);

/// The next sets behind a place, at most `limit`. If the place is within a set, that is the first of them,
/// whole.
[[nodiscard]] Result<std::vector<ChangeSet>> changesAfter(Connection& connection, const ChangePlace& place,
                                                          int limit);

} // namespace punctual::store
