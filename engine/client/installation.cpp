// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/installation.h"

#include "client/token_secret.h"
#include "store/backup.h"
#include "store/connection.h"
#include "store/conninfo.h"
#include "store/destination_queries.h"
#include "store/migrator.h"
#include "store/node_queries.h"
#include "store/private_cluster.h"
#include "store/scratch_database.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

#include <optional>

namespace punctual::client
{

namespace
{

constexpr QLatin1StringView setupPurpose("punctual setup");

Actor setupActor()
{
    return {QStringLiteral("setup"), QStringLiteral("setup")};
}

tl::unexpected<Error> notOurs()
{
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral(
            "This is for the private PostgreSQL. The one of database.url is backed up and restored "
            "by its own tools, as pg_dump."));
}

Result<void> writePrivately(const QString& path, const QByteArray& text)
{
    QFile::remove(path); // whatever is there has its own rights, or leads elsewhere
    QFile file(path);
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                                   QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text) == text.size() && file.flush() && fsync(file.handle()) == 0;
    if (written)
        return {};
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The admin token cannot be written to %1: %2").arg(path, file.errorString()));
}

} // namespace

struct Installation::State
{
    QString dataDir;
    std::optional<store::PrivateCluster> cluster;
    std::unique_ptr<store::ScratchDatabase> scratch;
    DatabaseAddress address;
};

Installation::Installation(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Installation::Installation(Installation&&) noexcept = default;
Installation& Installation::operator=(Installation&&) noexcept = default;
Installation::~Installation() = default;

Result<Installation> Installation::open(const InstallationChoice& choice)
{
    auto state = std::make_unique<State>();
    state->dataDir = choice.dataDir;
    state->address.conninfo = choice.databaseUrl;
    if (choice.databaseUrl.isEmpty()) {
        auto cluster = store::PrivateCluster::open(choice.dataDir);
        if (!cluster)
            return tl::unexpected(cluster.error());
        state->address = cluster->address();
        state->cluster = std::move(*cluster);
    } else if (auto checked = store::checkConninfo(state->address); !checked) {
        return tl::unexpected(checked.error());
    }
    state->address.secretKeys = choice.secretKeys;
    if (auto migrated = store::migrate(state->address); !migrated)
        return tl::unexpected(migrated.error());
    return Installation(std::move(state));
}

const DatabaseAddress& Installation::address() const
{
    return m_state->address;
}

const QString& Installation::dataDir() const
{
    return m_state->dataDir;
}

Result<void> Installation::revive() const
{
    if (!m_state->cluster)
        return {};
    // The lock that it takes is one more beside ours, for as long as this takes.
    return store::PrivateCluster::open(m_state->dataDir).map([](const store::PrivateCluster&) {});
}

Result<Installation> Installation::openScratch() const
{
    auto scratch = store::ScratchDatabase::create(m_state->address, QStringLiteral("punctual_selftest"));
    if (!scratch)
        return tl::unexpected(scratch.error());
    auto state = std::make_unique<State>();
    state->dataDir = m_state->dataDir;
    state->scratch = std::move(*scratch);
    state->address = state->scratch->address();
    return store::migrate(state->address).map([&] { return Installation(std::move(state)); });
}

Result<QString> Installation::writeFirstToken()
{
    QString path = QDir(m_state->dataDir).filePath(QStringLiteral("admin.token"));
    if (!QDir().mkpath(m_state->dataDir))
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("The data directory %1 cannot be made.").arg(m_state->dataDir));
    const QByteArray token = makeTokenSecret();
    store::Connection connection(m_state->address, setupPurpose);
    // Inside the transaction: a token that could not be written is not made.
    return connection.transaction(setupActor(), [&]() -> Result<QString> {
        return store::makeFirstToken(connection, QStringLiteral("admin"), hashOfToken(token))
            .and_then([&](bool made) -> Result<QString> {
                if (!made)
                    return QString();
                return writePrivately(path, token + '\n').map([&] { return path; });
            });
    });
}

Result<void> Installation::setRetention(std::chrono::days retention)
{
    store::Connection connection(m_state->address, setupPurpose);
    return connection.transaction(setupActor(), [&] { return store::setRetention(connection, retention); });
}

Result<void> Installation::setAuditRetention(std::chrono::days retention)
{
    store::Connection connection(m_state->address, setupPurpose);
    return connection.transaction(setupActor(),
                                  [&] { return store::setAuditRetention(connection, retention); });
}

Result<void> Installation::backUp(const QString& file) const
{
    if (!m_state->cluster)
        return notOurs();
    return store::backUp(m_state->address, file);
}

Result<RestoredBackup> Installation::restore(const QString& file, const Actor& actor,
                                             const RestoreChoice& choice) const
{
    if (!m_state->cluster)
        return notOurs();
    return store::restore(m_state->address, file, actor, {choice.replace, choice.resume})
        .map([](const store::Restored& restored) {
            return RestoredBackup{restored.waiting, restored.paused};
        });
}

} // namespace punctual::client
