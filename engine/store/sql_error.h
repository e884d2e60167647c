// SPDX-License-Identifier: GPL-3.0-or-later
// What an error of PostgreSQL means to this program.
#pragma once

#include "core/result.h"

class QSqlError;

namespace punctual::store
{

[[nodiscard]] Error toError(const QSqlError& error);

/// The primary message alone.
[[nodiscard]] QString reasonOf(const QSqlError& error);

/// The connection is of no more use: lost (the driver's error is empty then), or to a server that has become
/// read-only, as after a failover.
[[nodiscard]] bool isConnectionLoss(const QSqlError& error);

/// A serialisation failure or a deadlock: another transaction won, and a repetition succeeds.
[[nodiscard]] bool isLostRace(const QSqlError& error);

} // namespace punctual::store
