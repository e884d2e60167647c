// SPDX-License-Identifier: GPL-3.0-or-later
// What is inside a private cluster: its creation and its configuration. Blocking; any thread, under the
// start lock. All of it is written as the PostgreSQL user, never as root into somebody else's directory.
#pragma once

#include "store/postgres_programs.h"
#include "store/private_cluster_place.h"

namespace punctual::store
{

inline const QString privateClusterName = QStringLiteral("punctual"); // of the database and of its superuser

/// The major version of PostgreSQL that made the cluster; nothing where there is none yet.
[[nodiscard]] Result<std::optional<int>> versionOfPrivateCluster(const PrivateClusterPlace& place);

/// Makes the cluster with its empty database in a directory beside its place and renames that when all of
/// it is done: a creation that was cut off leaves no cluster, and the next one sweeps up.
[[nodiscard]] Result<void> createPrivateCluster(const PrivateClusterPlace& place,
                                                const PostgresPrograms& programs);

/// Before every start, since a data directory may have moved: settings and who may log in.
[[nodiscard]] Result<void> configurePrivateCluster(const PrivateClusterPlace& place,
                                                   const QString& clusterDir);

} // namespace punctual::store
