// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a database to the schema of this program: numbered SQL files (resources/migrations), each in
// its own transaction, under an advisory lock, with a checksum of what was applied.
#pragma once

#include "core/database_address.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace punctual::store
{

struct Migration
{
    int number = 0;
    QString name;
    QByteArray sql;
};

/// The program's own migrations, in order.
[[nodiscard]] const std::vector<Migration>& migrations();

/// Blocks. Unsupported: the schema is newer than this program, or a migration was changed after it had
/// been applied. Any number of programs may call this at the same time.
[[nodiscard]] Result<void> migrate(const DatabaseAddress& address,
                                   const std::vector<Migration>& wanted = migrations());

} // namespace punctual::store
