// SPDX-License-Identifier: GPL-3.0-or-later
// The PostgreSQL server of a private cluster: asks whether it runs, starts it, and sets the guardian that
// will stop it (see private_cluster.h). Blocking; any thread, with `users` shared and `start` exclusive.
#pragma once

#include "core/database_address.h"
#include "store/postgres_programs.h"
#include "store/private_cluster_place.h"

namespace punctual::store
{

class PrivateClusterServer
{
public:
    PrivateClusterServer(const PrivateClusterPlace& place, const PostgresPrograms& programs);

    [[nodiscard]] DatabaseAddress address() const;

    /// Returns when there is a guardian, ours or an earlier one.
    [[nodiscard]] Result<void> guard() const;

    /// Returns when it takes connections. Waits for a server that is just starting or stopping.
    [[nodiscard]] Result<void> ensureRunning() const;

private:
    /// What went wrong, as PostgreSQL said it; empty: it runs.
    [[nodiscard]] QString launch() const;
    [[nodiscard]] QString startLog() const;

    const PrivateClusterPlace& m_place;
    const PostgresPrograms& m_programs;
};

} // namespace punctual::store
