// SPDX-License-Identifier: GPL-3.0-or-later
// The PostgreSQL that Punctual makes and runs itself when no database is configured: on a Unix socket
// only, shared by all programs that use the same data directory, running while at least one of them does.
//
// How it starts and stops without a service, whoever is killed at whatever moment. Three files are locked
// with flock(2), which the kernel gives back when a process ends, even by kill -9:
//   users     shared by every program that uses the cluster
//   start     exclusive by the program that makes or starts it: of two starters one waits, then finds it
//   running guardian  exclusive by a small detached shell, which waits until it gets `users` exclusively
//   (nobody uses
//             the cluster any more), stops PostgreSQL, and then lets go of `guardian` first and `users` last.
// - A program takes `users` before anything else, so nothing can stop the cluster under it. While a guardian
//   stops it, the program waits for `users`, and finds the guardian's lock free when it goes on.
// - Every program starts a guardian; it ends at once if there is one. That is enough: a guardian that holds
//   its lock while we hold `users` is waiting, not stopping. One that was killed is replaced by the next
//   open().
// - The guardian is there before PostgreSQL is started, and pg_ctl runs under flock(1), which holds `users`
//   too: a starter killed halfway leaves a start that ends first and is then stopped, or shared by the next.
// - A new cluster is built beside its place and renamed: a creation cut off halfway never counts.
// - A postmaster.pid left by a crash is PostgreSQL's own to judge. It is never removed here.
#pragma once

#include "core/database_address.h"
#include "store/postgres_programs.h"
#include "store/private_cluster_lock.h"

namespace punctual::store
{

/// Any thread. While one lives, the cluster runs.
class PrivateCluster
{
public:
    /// Makes the cluster on first use and starts it when it does not run; blocks for that long, which is
    /// seconds for the first time and up to two minutes after a crash. Unsupported: this machine has to be
    /// mended first; the detail is one sentence that says what to do. Unavailable: it is being stopped or
    /// started by others for too long.
    [[nodiscard]] static Result<PrivateCluster> open(const QString& dataDir,
                                                     const PostgresPrograms::Search& search = {});

    [[nodiscard]] DatabaseAddress address() const { return m_address; }

private:
    PrivateCluster(PrivateClusterLock users, DatabaseAddress address);

    PrivateClusterLock m_users;
    DatabaseAddress m_address;
};

} // namespace punctual::store
