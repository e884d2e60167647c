// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/private_file.h"

#include "app/common/descriptor.h"
#include "core/secret_key.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PrivateFile)
};

tl::unexpected<Error> problem(const QString& path)
{
    return failure(ErrorCode::Unsupported,
                   Words::tr("%1 cannot be read or written: %2").arg(path, qt_error_string(errno)));
}

bool readAll(int descriptor, QByteArray& text)
{
    std::array<char, 4096> piece{};
    ssize_t count = 0;
    while ((count = ::read(descriptor, piece.data(), piece.size())) > 0)
        text.append(piece.data(), count);
    explicit_bzero(piece.data(), piece.size());
    return count == 0;
}

bool writeAll(int descriptor, const QByteArray& text)
{
    qsizetype written = 0;
    while (written < text.size()) {
        const ssize_t count =
            ::write(descriptor, text.constData() + written, static_cast<std::size_t>(text.size() - written));
        if (count < 0)
            return false;
        written += count;
    }
    return ::fsync(descriptor) == 0;
}

/// A new file beside `path` with `text`; gives its name.
Result<QByteArray> writeBeside(const QString& path, const QByteArray& text)
{
    QByteArray name = QFile::encodeName(path) + ".XXXXXX";
    const Descriptor file(::mkostemp(name.data(), O_CLOEXEC)); // exclusive, mode 0600
    if (!file.isOpen())
        return problem(path);
    if (writeAll(file.number(), text))
        return name;
    const auto failed = problem(path);
    ::unlink(name.constData());
    return failed;
}

/// The directory of `path`, which is made if it is missing.
Result<int> openDirectory(const QString& path)
{
    const QString directory = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(directory))
        return failure(ErrorCode::Unsupported, Words::tr("The directory %1 cannot be made.").arg(directory));
    const int descriptor =
        ::open(QFile::encodeName(directory).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return problem(directory);
    return descriptor;
}

} // namespace

Result<QByteArray> readPrivateFile(const QString& path)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!file.isOpen() || ::fstat(file.number(), &status) != 0)
        return problem(path);
    if (!S_ISREG(status.st_mode) || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(ErrorCode::Unsupported,
                       Words::tr("%1 may be read by others than its owner: chmod 600 it, and think about a "
                                 "new key.")
                           .arg(path));
    QByteArray text;
    if (!readAll(file.number(), text))
        return problem(path);
    return text;
}

Result<void> createPrivateFile(const QString& path, const QByteArray& text)
{
    const auto opened = openDirectory(path);
    if (!opened)
        return tl::unexpected(opened.error());
    const Descriptor directory(*opened);
    const auto name = writeBeside(path, text);
    if (!name)
        return tl::unexpected(name.error());
    // Unlike rename(), link() is exclusive: of two programs that start at once, one wins.
    const bool linked = ::link(name->constData(), QFile::encodeName(path).constData()) == 0;
    const bool isThere = linked || errno == EEXIST;
    const auto failed = problem(path);
    ::unlink(name->constData());
    if (!isThere)
        return failed;
    ::fsync(directory.number());
    return {};
}

Result<void> changePrivateFile(const QString& path, const std::function<Result<void>(QByteArray&)>& change)
{
    const auto opened = openDirectory(path);
    if (!opened)
        return tl::unexpected(opened.error());
    const Descriptor directory(*opened);
    if (::flock(directory.number(), LOCK_EX) != 0)
        return problem(path);
    QByteArray text;
    if (QFile::exists(path)) {
        auto read = readPrivateFile(path);
        if (!read)
            return tl::unexpected(read.error());
        text = std::move(*read);
    }
    if (auto changed = change(text); !changed) {
        wipe(text);
        return changed;
    }
    const auto name = writeBeside(path, text);
    wipe(text);
    if (!name)
        return tl::unexpected(name.error());
    if (::rename(name->constData(), QFile::encodeName(path).constData()) != 0) {
        const auto failed = problem(path);
        ::unlink(name->constData());
        return failed;
    }
    ::fsync(directory.number());
    return {};
}

} // namespace punctual::app
