// SPDX-License-Identifier: GPL-3.0-or-later
// Connection strings and what every connection of this program sets.
#pragma once

#include "core/database_address.h"
#include "core/result.h"

class QSqlDatabase;

namespace punctual::store
{

/// InvalidInput when libpq cannot read it; the detail does not repeat it, as it may hold a password.
[[nodiscard]] Result<void> checkConninfo(const DatabaseAddress& address);

/// The same server and login with another database.
[[nodiscard]] DatabaseAddress withDatabase(const DatabaseAddress& address, const QString& name);

/// Lays the address and the program's own settings (time-outs, keepalives, jit off) over `database`,
/// which is not open yet.
void configure(QSqlDatabase& database, const DatabaseAddress& address, const QString& purpose);

} // namespace punctual::store
