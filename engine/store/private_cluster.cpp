// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/private_cluster.h"

#include "store/private_cluster_files.h"
#include "store/private_cluster_server.h"

namespace punctual::store
{

using namespace std::chrono_literals;

namespace
{

constexpr auto patienceWithUsers = 60s;    // a guardian that stops PostgreSQL gives up sooner
constexpr auto patienceWithStarter = 180s; // another program that makes or starts the cluster

Result<PostgresPrograms> programsFor(const PrivateClusterPlace& place, const PostgresPrograms::Search& search)
{
    const auto version = versionOfPrivateCluster(place);
    if (!version)
        return tl::unexpected(version.error());
    auto programs = PostgresPrograms::find(search, *version);
    if (!programs || version->has_value())
        return programs;
    if (const auto created = createPrivateCluster(place, *programs); !created)
        return tl::unexpected(created.error());
    return programs;
}

} // namespace

PrivateCluster::PrivateCluster(PrivateClusterLock users, DatabaseAddress address)
    : m_users(std::move(users))
    , m_address(std::move(address))
{
}

Result<PrivateCluster> PrivateCluster::open(const QString& dataDir, const PostgresPrograms::Search& search)
{
    using Mode = PrivateClusterLock::Mode;
    const auto place = PrivateClusterPlace::prepare(dataDir);
    if (!place)
        return tl::unexpected(place.error());
    auto users = PrivateClusterLock::acquire(place->usersLock(), Mode::Shared, patienceWithUsers);
    if (!users)
        return tl::unexpected(users.error());
    const auto start = PrivateClusterLock::acquire(place->startLock(), Mode::Exclusive, patienceWithStarter);
    if (!start)
        return tl::unexpected(start.error());
    const auto programs = programsFor(*place, search);
    if (!programs)
        return tl::unexpected(programs.error());
    const PrivateClusterServer server(*place, *programs);
    if (const auto running = server.guard().and_then([&server] { return server.ensureRunning(); }); !running)
        return tl::unexpected(running.error());
    return PrivateCluster(*std::move(users), server.address());
}

} // namespace punctual::store
