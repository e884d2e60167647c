// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/private_cluster_lock.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace punctual::store
{

namespace
{

constexpr unsigned long pollMilliseconds = 20; // flock(2) knows no time-out

tl::unexpected<Error> unusable(const QString& path, int systemError)
{
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The file %1 cannot be locked (%2): choose a data directory on a local disk.")
            .arg(path, qt_error_string(systemError)));
}

} // namespace

PrivateClusterLock::PrivateClusterLock(int descriptor)
    : m_descriptor(descriptor)
{
}

PrivateClusterLock::PrivateClusterLock(PrivateClusterLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

PrivateClusterLock& PrivateClusterLock::operator=(PrivateClusterLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

PrivateClusterLock::~PrivateClusterLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<PrivateClusterLock> PrivateClusterLock::acquire(const QString& path, Mode mode,
                                                       std::chrono::milliseconds patience)
{
    PrivateClusterLock lock(::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (lock.m_descriptor < 0)
        return unusable(path, errno);
    const int operation = (mode == Mode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    const QDeadlineTimer deadline(patience);
    while (::flock(lock.m_descriptor, operation) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return unusable(path, errno);
        if (deadline.hasExpired())
            return failure(ErrorCode::Unavailable,
                           QStringLiteral("Another program has been starting or stopping the database for a "
                                          "long time and holds %1: try again in a minute.")
                               .arg(path));
        QThread::msleep(pollMilliseconds);
    }
    return lock;
}

} // namespace punctual::store
