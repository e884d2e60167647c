// SPDX-License-Identifier: GPL-3.0-or-later
// Copies a database into a file and back, by PostgreSQL's own pg_dump and pg_restore. What is secret stays
// sealed in it; the key is not in it.
//
// A backup is the state of one moment. What was delivered, cancelled or revoked after it is not in it:
// whoever restores it would deliver and let in again. So a restored database delivers nothing until somebody
// says so: all its destinations are paused. Messages that were being delivered at that moment go by their
// destination's policy for unknown outcomes, as after the crash of a node.
#pragma once

#include "core/actor.h"
#include "core/database_address.h"
#include "core/result.h"

#include <QString>

namespace punctual::store
{

/// Blocks. Writes a file that only its owner may read (0600); Conflict if there is one of this name. It is
/// whole when it has its name.
[[nodiscard]] Result<void> backUp(const DatabaseAddress& address, const QString& file);

struct RestoreChoice
{
    bool replace = false; // what the database holds is lost
    bool resume = false;  // destinations are left as they were
};

struct Restored
{
    qint64 waiting = 0; // messages that are not over
    qint64 paused = 0;  // destinations that were not paused in the backup
};

/// Blocks. Puts what a backup holds in the place of the database, whole or not at all, and brings it to the
/// schema of this program. The role may create databases. Conflict if a node runs, somebody else is
/// connected, or there is something in the database that nobody said may be lost. InvalidInput if the file is
/// no backup.
[[nodiscard]] Result<Restored> restore(const DatabaseAddress& address, const QString& file,
                                       const Actor& actor, const RestoreChoice& choice);

} // namespace punctual::store
