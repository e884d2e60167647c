// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/postgres_user.h"

#include <QFile>
#include <QProcess>

#include <grp.h>
#include <linux/close_range.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace punctual::store
{

namespace
{

std::vector<gid_t> groupsOf(const passwd& entry)
{
    int count = 0;
    ::getgrouplist(entry.pw_name, entry.pw_gid, nullptr, &count);
    std::vector<gid_t> groups(static_cast<std::size_t>(count));
    ::getgrouplist(entry.pw_name, entry.pw_gid, groups.data(), &count);
    return groups;
}

} // namespace

PostgresUser::PostgresUser(uid_t id, gid_t group, QString name, std::vector<gid_t> groups)
    : m_id(id)
    , m_group(group)
    , m_name(std::move(name))
    , m_groups(std::move(groups))
{
}

Result<PostgresUser> PostgresUser::of(const QString& clusterDir)
{
    const auto from = [](const passwd& entry) {
        return PostgresUser(entry.pw_uid, entry.pw_gid, QString::fromLocal8Bit(entry.pw_name),
                            entry.pw_uid == ::geteuid() ? std::vector<gid_t>() : groupsOf(entry));
    };
    const uid_t own = ::geteuid();
    struct stat status = {};
    const bool exists = ::stat(QFile::encodeName(clusterDir).constData(), &status) == 0;
    if (exists && status.st_uid == 0)
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("%1 belongs to root, as whom PostgreSQL does not run: give it back to the user "
                           "who made it with chown -R, or choose another data directory.")
                .arg(clusterDir));
    if (exists && own != 0 && status.st_uid != own)
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("%1 belongs to another user (uid %2): start Punctual as that user, or choose "
                           "another data directory.")
                .arg(clusterDir)
                .arg(status.st_uid));
    if (exists || own != 0) {
        const uid_t id = exists ? status.st_uid : own;
        if (const auto* entry = ::getpwuid(id)) // NOLINT(concurrency-mt-unsafe)
            return from(*entry);
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("The user with uid %1 has no name on this machine, and PostgreSQL needs one: "
                           "add the user to /etc/passwd.")
                .arg(id));
    }
    for (const char* name : {"punctual", "postgres"})
        if (const auto* entry = ::getpwnam(name)) // NOLINT(concurrency-mt-unsafe)
            return from(*entry);
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("Root may not run PostgreSQL, and there is no user who could: install the package "
                       "postgresql-15, add a user named punctual, or start Punctual as an ordinary user."));
}

// Between fork and exec: system calls only.
void PostgresUser::becomeInChild() const
{
    ::setsid();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr); // NOLINT(concurrency-mt-unsafe): this process has one thread
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    ::umask(S_IRWXG | S_IRWXO);
    if (m_groups.empty())
        return;
    if (::setgroups(m_groups.size(), m_groups.data()) != 0 || ::setgid(m_group) != 0 || ::setuid(m_id) != 0)
        ::_exit(126);
}

PostgresUser::Finished PostgresUser::run(const QString& program, const QStringList& arguments,
                                         const QByteArray& input, std::chrono::milliseconds patience) const
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/local/bin:/usr/bin:/bin"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(QStringLiteral("/"));
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier([this] { becomeInChild(); });
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool finished = process.waitForFinished(static_cast<int>(patience.count()));
    Finished result;
    result.succeeded = finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    result.output = QString::fromLocal8Bit(process.readAll());
    if (!finished)
        result.output += process.errorString();
    return result;
}

} // namespace punctual::store
