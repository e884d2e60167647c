// SPDX-License-Identifier: GPL-3.0-or-later
// The files and directories of a private cluster, made and checked:
//
//   <data dir>/cluster            what initdb makes; belongs, like the lock files, to the PostgreSQL user
//   <data dir>/cluster.users      locked by every program that uses the cluster
//   <data dir>/cluster.start      locked by the one that starts it
//   <data dir>/cluster.guardian   locked by the process that stops it when nobody uses it any more
//   <data dir>/run                the socket, or, when its path is longer than a socket address takes,
//   /tmp/punctual-<uid>-<hash>    a directory that every program finds by the same rule
//
// Any thread.
#pragma once

#include "store/postgres_user.h"

namespace punctual::store
{

struct PrivateClusterPlace
{
    QString dataDir; // canonical
    PostgresUser user;

    [[nodiscard]] QString cluster() const { return dataDir + QStringLiteral("/cluster"); }
    [[nodiscard]] QString usersLock() const { return dataDir + QStringLiteral("/cluster.users"); }
    [[nodiscard]] QString startLock() const { return dataDir + QStringLiteral("/cluster.start"); }
    [[nodiscard]] QString guardianLock() const { return dataDir + QStringLiteral("/cluster.guardian"); }
    [[nodiscard]] QString socketDir() const;

    /// Makes the data directory and the lock files when they are missing. Unsupported: one sentence that says
    /// what to do.
    [[nodiscard]] static Result<PrivateClusterPlace> prepare(const QString& dataDir);

    /// Makes a directory that belongs to the PostgreSQL user alone (mode 0700), or sees that one which is
    /// there is such a directory and no trap laid by somebody else.
    [[nodiscard]] Result<void> makeDirectory(const QString& path) const;
};

} // namespace punctual::store
