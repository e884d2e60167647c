// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/private_cluster_files.h"

#include "store/postgres_failure.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace punctual::store
{

namespace
{

// fsync and synchronous_commit stay on: what was scheduled is on the disk.
// A statement or a row in the log could show a secret or a payload, so errors come without them.
constexpr auto settings =
    R"(# Written by Punctual at every start. Set your own with ALTER SYSTEM: that is laid over this.
cluster_name = 'punctual'
listen_addresses = ''
port = 5432
unix_socket_directories = '%1'
unix_socket_permissions = 0700
max_connections = 100
max_locks_per_transaction = 512
shared_buffers = 256MB
dynamic_shared_memory_type = mmap
jit = off
timezone = 'UTC'
max_wal_size = 2GB
wal_compression = on
checkpoint_timeout = 15min
autovacuum_naptime = 10s
autovacuum_vacuum_cost_limit = 1000
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_autovacuum_min_duration = -1
lc_messages = 'C'
)";

constexpr auto access = "# Written by Punctual at every start.\nlocal all all peer map=punctual\n";

constexpr auto newPrefix = "/cluster.new-";

/// `target` is what tee(1) takes: a file, after -a to append to it.
Result<void> write(const PrivateClusterPlace& place, const QStringList& target, const QString& text)
{
    const auto written = place.user.run(QStringLiteral("tee"), target, text.toUtf8());
    if (!written.succeeded)
        return tl::unexpected(explainPostgresFailure(written.output, place.dataDir, target.last()));
    return {};
}

Result<void> initialise(const PrivateClusterPlace& place, const PostgresPrograms& programs,
                        const QString& clusterDir)
{
    // C order makes indexes fast and alike everywhere; C.UTF-8 letters keep upper and lower case right.
    const auto made =
        place.user.run(programs.path(QStringLiteral("initdb")),
                       {QStringLiteral("--pgdata=") + clusterDir,
                        QStringLiteral("--username=") + privateClusterName, QStringLiteral("--encoding=UTF8"),
                        QStringLiteral("--locale=C"), QStringLiteral("--lc-ctype=C.UTF-8"),
                        QStringLiteral("--data-checksums"), QStringLiteral("--auth-local=peer"),
                        QStringLiteral("--auth-host=reject"), QStringLiteral("--no-instructions")});
    if (!made.succeeded)
        return tl::unexpected(explainPostgresFailure(made.output, place.dataDir, place.dataDir));
    if (auto configured = configurePrivateCluster(place, clusterDir); !configured)
        return configured;
    if (auto included = write(place, {QStringLiteral("-a"), clusterDir + QStringLiteral("/postgresql.conf")},
                              QStringLiteral("include = 'punctual.conf'\n"));
        !included)
        return included;
    const auto created =
        place.user.run(programs.path(QStringLiteral("postgres")),
                       {QStringLiteral("--single"), QStringLiteral("-D"), clusterDir, QStringLiteral("-c"),
                        QStringLiteral("exit_on_error=true"), QStringLiteral("-c"),
                        QStringLiteral("logging_collector=off"), QStringLiteral("template1")},
                       "CREATE DATABASE " + privateClusterName.toUtf8() + "\n");
    if (!created.succeeded)
        return tl::unexpected(explainPostgresFailure(created.output, place.dataDir, place.dataDir));
    return {};
}

void sweepUp(const QString& dataDir)
{
    const QDir dir(dataDir);
    const auto left = dir.entryList({QString::fromLatin1(newPrefix).mid(1) + u'*'}, QDir::Dirs);
    for (const auto& name : left)
        QDir(dir.filePath(name)).removeRecursively();
}

} // namespace

Result<std::optional<int>> versionOfPrivateCluster(const PrivateClusterPlace& place)
{
    if (!QFileInfo::exists(place.cluster()))
        return std::nullopt;
    QFile file(place.cluster() + QStringLiteral("/PG_VERSION"));
    const int version = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    if (version == 0)
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("%1 is no PostgreSQL cluster (its PG_VERSION is missing or cannot be read): move "
                           "it away, or choose another data directory.")
                .arg(place.cluster()));
    return version;
}

Result<void> createPrivateCluster(const PrivateClusterPlace& place, const PostgresPrograms& programs)
{
    sweepUp(place.dataDir);
    QTemporaryDir fresh(place.dataDir + QString::fromLatin1(newPrefix) + QStringLiteral("XXXXXX"));
    if (!fresh.isValid())
        return tl::unexpected(explainPostgresFailure(fresh.errorString(), place.dataDir, place.dataDir));
    if (auto made = place.makeDirectory(fresh.path()); !made)
        return made;
    if (auto initialised = initialise(place, programs, fresh.path()); !initialised)
        return initialised;
    if (!QFile::rename(fresh.path(), place.cluster()))
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("%1 could not be made: look whether something else is there, or choose another "
                           "data directory.")
                .arg(place.cluster()));
    fresh.setAutoRemove(false);
    sweepUp(place.dataDir); // the initdb of a starter that was killed may have written on for a moment
    return {};
}

Result<void> configurePrivateCluster(const PrivateClusterPlace& place, const QString& clusterDir)
{
    // Root may become the owner anyway; the map lets it log in as what it is.
    const QString identities = QStringLiteral("# Written by Punctual at every start.\npunctual \"%1\" %2\n"
                                              "punctual root %2\n")
                                   .arg(place.user.name(), privateClusterName);
    // Not arg(): the log's file name holds a percent sign too.
    const QString text = QString::fromLatin1(settings).replace(QStringLiteral("%1"), place.socketDir());
    return write(place, {clusterDir + QStringLiteral("/punctual.conf")}, text)
        .and_then([&] {
            return write(place, {clusterDir + QStringLiteral("/pg_hba.conf")}, QString::fromLatin1(access));
        })
        .and_then([&] { return write(place, {clusterDir + QStringLiteral("/pg_ident.conf")}, identities); });
}

} // namespace punctual::store
