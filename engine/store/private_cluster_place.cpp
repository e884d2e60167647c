// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/private_cluster_place.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

namespace punctual::store
{

namespace
{

constexpr auto socketName = "/.s.PGSQL.5432";

tl::unexpected<Error> unusable(const QString& path, int systemError)
{
    const QString advice = QStringLiteral("choose another data directory");
    if (systemError == EROFS)
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("%1 is on a disk that is mounted read-only: %2.").arg(path, advice));
    if (systemError == ENOSPC || systemError == EDQUOT)
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("%1 is on a disk that is full: free some space, or %2.").arg(path, advice));
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("%1 cannot be used by the user who runs Punctual (%2): change its owner or mode, or "
                       "%3.")
            .arg(path, qt_error_string(systemError), advice));
}

Result<QString> makeDataDir(const QString& path)
{
    const QDir dir(path);
    errno = 0;
    if (!dir.exists()) {
        if (!dir.mkpath(QStringLiteral(".")))
            return unusable(dir.absolutePath(), errno);
        ::chmod(QFile::encodeName(path).constData(), S_IRWXU);
    }
    const QString canonical = dir.canonicalPath();
    const QByteArray name = QFile::encodeName(canonical);
    if (!QFileInfo(canonical).isDir())
        return unusable(dir.absolutePath(), ENOTDIR);
    if (::access(name.constData(), R_OK | W_OK | X_OK) != 0)
        return unusable(canonical, errno);
    return canonical;
}

/// Root's data directory has to let the PostgreSQL user through to the cluster in it.
Result<void> letThrough(const QString& dataDir, const PostgresUser& user)
{
    const QByteArray name = QFile::encodeName(dataDir);
    struct stat status = {};
    if (::stat(name.constData(), &status) == 0 && status.st_uid == ::geteuid() &&
        (status.st_mode & S_IXOTH) == 0)
        ::chmod(name.constData(), (status.st_mode & ALLPERMS) | S_IXGRP | S_IXOTH);
    const auto canEnter = [&user](const QString& path) {
        return user.run(QStringLiteral("test"), {QStringLiteral("-x"), path}).succeeded;
    };
    if (canEnter(dataDir))
        return {};
    QString closed = dataDir;
    for (QString above = closed; above != u"/" && !canEnter(above); above = QFileInfo(above).path())
        closed = above;
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The user %1, who runs PostgreSQL because Punctual was started by root, may not enter "
                       "%2: allow it with chmod o+x, or choose another data directory.")
            .arg(user.name(), closed));
}

/// The guardian, who runs as the PostgreSQL user, locks them too.
Result<void> makeLockFile(const QString& path, uid_t owner)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return unusable(path, errno);
    const bool given = owner == ::geteuid() || ::fchown(descriptor, owner, static_cast<gid_t>(-1)) == 0;
    const int problem = errno;
    ::close(descriptor);
    if (!given)
        return unusable(path, problem);
    return {};
}

} // namespace

QString PrivateClusterPlace::socketDir() const
{
    // A libpq host is a list, so a comma would end it; the others would need escapes in three languages.
    static const QRegularExpression awkward(QStringLiteral("[,\"'\\\\\\x00-\\x1f]"));
    QString near = dataDir + QStringLiteral("/run");
    const auto length = QFile::encodeName(near).size() + static_cast<qsizetype>(qstrlen(socketName));
    if (length < static_cast<qsizetype>(sizeof(sockaddr_un::sun_path)) && !near.contains(awkward))
        return near;
    // Not XDG_RUNTIME_DIR: it differs between a session and a service, and goes away with the session.
    const auto hash = QCryptographicHash::hash(dataDir.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral("/tmp/punctual-%1-%2").arg(QString::number(user.id()), QString::fromLatin1(hash));
}

Result<PrivateClusterPlace> PrivateClusterPlace::prepare(const QString& dataDir)
{
    const auto canonical = makeDataDir(dataDir);
    if (!canonical)
        return tl::unexpected(canonical.error());
    auto user = PostgresUser::of(*canonical + QStringLiteral("/cluster"));
    if (!user)
        return tl::unexpected(user.error());
    if (user->id() != ::geteuid())
        if (const auto through = letThrough(*canonical, *user); !through)
            return tl::unexpected(through.error());
    PrivateClusterPlace place{*canonical, *std::move(user)};
    for (const auto& path : {place.usersLock(), place.startLock(), place.guardianLock()})
        if (const auto made = makeLockFile(path, place.user.id()); !made)
            return tl::unexpected(made.error());
    return place;
}

Result<void> PrivateClusterPlace::makeDirectory(const QString& path) const
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return unusable(path, errno);
    const int descriptor = ::open(name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return unusable(path, errno);
    struct stat status = {};
    const bool ours =
        ::fstat(descriptor, &status) == 0 && (status.st_uid == user.id() || status.st_uid == ::geteuid());
    const bool made =
        ours && ::fchmod(descriptor, S_IRWXU) == 0 &&
        (status.st_uid == user.id() || ::fchown(descriptor, user.id(), static_cast<gid_t>(-1)) == 0);
    const int problem = ours ? errno : EPERM;
    ::close(descriptor);
    if (!made)
        return unusable(path, problem);
    return {};
}

} // namespace punctual::store
