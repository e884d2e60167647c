// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/private_cluster_server.h"

#include "store/postgres_failure.h"
#include "store/private_cluster_files.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>

#include <libpq-fe.h>

namespace punctual::store
{

using namespace std::chrono_literals;

namespace
{

constexpr auto patienceWithServer = 90s;  // longer than pg_ctl's own, below
constexpr auto patienceWithFailure = 10s; // for what an earlier server has not let go of yet
constexpr unsigned long pollMilliseconds = 100;

// $1 and $2 are the locks of the guardian and of the users, $3 is pg_ctl, $4 the cluster, $5 the directory
// of the socket. The waiting
// flock does not hold the guardian's lock, so that this shell alone stands for the guardian.
constexpr auto guardianScript = R"(
exec 8>>"$1" 9>>"$2" || exit 1
flock --nonblock 8 || exit 0
{
    flock 9 8>&- && "$3" stop -D "$4" -m fast -w -t 45 8>&- 9>&- && rmdir "$5"
    exec 8>&-
    exec 9>&-
} </dev/null >/dev/null 2>&1 &
)";

QString quoted(QString value) // for a libpq connection string
{
    return u'\'' + value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'")) + u'\'';
}

QString tailOf(const QString& path, qint64 from = 0)
{
    constexpr qint64 most = 8192;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max(from, file.size() - most));
    return QString::fromUtf8(file.readAll());
}

} // namespace

PrivateClusterServer::PrivateClusterServer(const PrivateClusterPlace& place, const PostgresPrograms& programs)
    : m_place(place)
    , m_programs(programs)
{
}

DatabaseAddress PrivateClusterServer::address() const
{
    return {QStringLiteral("host=%1 port=5432 dbname=%2 user=%2")
                .arg(quoted(m_place.socketDir()), privateClusterName)};
}

QString PrivateClusterServer::startLog() const
{
    return m_place.cluster() + QStringLiteral("/start.log");
}

Result<void> PrivateClusterServer::guard() const
{
    const auto set =
        m_place.user.run(QStringLiteral("sh"),
                         {QStringLiteral("-c"), QString::fromLatin1(guardianScript),
                          QStringLiteral("punctual-guardian"), m_place.guardianLock(), m_place.usersLock(),
                          m_programs.path(QStringLiteral("pg_ctl")), m_place.cluster(), m_place.socketDir()});
    if (!set.succeeded)
        return tl::unexpected(explainPostgresFailure(set.output, m_place.dataDir, m_place.dataDir));
    return {};
}

QString PrivateClusterServer::launch() const
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const qint64 logged = QFileInfo(startLog()).size();
    const auto started = m_place.user.run(
        QStringLiteral("flock"),
        {QStringLiteral("--shared"), QStringLiteral("--nonblock"), QStringLiteral("--close"),
         m_place.usersLock(), m_programs.path(QStringLiteral("pg_ctl")), QStringLiteral("start"),
         QStringLiteral("-D"), m_place.cluster(), QStringLiteral("-l"), startLog(), QStringLiteral("-w"),
         QStringLiteral("-t"), QStringLiteral("60")});
    if (started.succeeded)
        return {};
    QString said = started.output + tailOf(startLog(), logged);
    const auto logs = QDir(m_place.cluster() + QStringLiteral("/log")).entryInfoList(QDir::Files, QDir::Time);
    if (!logs.isEmpty() && logs.first().lastModified() >= before)
        said += tailOf(logs.first().filePath());
    return said;
}

Result<void> PrivateClusterServer::ensureRunning() const
{
    const QByteArray conninfo = address().conninfo.toUtf8();
    const QDeadlineTimer deadline(patienceWithServer);
    const QDeadlineTimer failing(patienceWithFailure);
    for (;;) {
        const auto state = ::PQping(conninfo.constData());
        if (state == PQPING_OK)
            return {};
        if (state == PQPING_NO_RESPONSE) {
            if (auto prepared = m_place.makeDirectory(m_place.socketDir()); !prepared)
                return prepared;
            if (auto configured = configurePrivateCluster(m_place, m_place.cluster()); !configured)
                return configured;
            const QString problem = launch();
            if (problem.isEmpty())
                continue;
            if (!isPassingPostgresFailure(problem) || failing.hasExpired())
                return tl::unexpected(explainPostgresFailure(problem, m_place.dataDir, startLog()));
        }
        if (deadline.hasExpired())
            return failure(
                ErrorCode::Unavailable,
                QStringLiteral("PostgreSQL is still repairing the database in %1 after a crash, or stopping: "
                               "try again in a minute.")
                    .arg(m_place.dataDir));
        QThread::msleep(pollMilliseconds);
    }
}

} // namespace punctual::store
