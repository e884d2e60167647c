// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/postgres_failure.h"

#include <QRegularExpression>

#include <array>

namespace punctual::store
{

namespace
{

struct Known
{
    QStringView pattern;
    QStringView sentence; // %1 is the data directory
};

// In this order: a complaint about memory may be in the words for a full disk.
constexpr std::array known{
    Known{u"lock file .* already exists|pre-existing shared memory block",
          u"Another process seems to run the database in %1 but does not answer: end the process whose "
          u"number is in "
          u"cluster/postmaster.pid; if that one is no PostgreSQL, remove the file."},
    Known{u"could not (create|resize|map|open) .*shared memory|Cannot allocate memory",
          u"This machine does not give PostgreSQL the 300 MiB of memory that the database in %1 needs: close "
          u"other "
          u"programs, or raise the limit of this container."},
    Known{u"No space left on device|Disk quota exceeded|File too large",
          u"There is no room left for the database in %1: free at least 200 MiB on that disk, or choose "
          u"another data "
          u"directory."},
    Known{u"Read-only file system",
          u"%1 is on a disk that is mounted read-only: mount it writable, or choose another data directory."},
    Known{u"database files are incompatible|not initialized by this version|data directory .* has wrong "
          u"version",
          u"The data in %1 was made by another version of PostgreSQL: install that version, or choose "
          u"another data "
          u"directory."},
    Known{u"data directory .* has (wrong ownership|invalid permissions)|Permission denied|Operation not "
          u"permitted",
          u"PostgreSQL may not read and write %1/cluster: give that directory back to the user who made it, "
          u"with "
          u"mode 0700."},
};

QString lastComplaint(const QString& output)
{
    static const QRegularExpression form(QStringLiteral("(?:PANIC|FATAL|ERROR|error): +([^\\n]+)"));
    QString last;
    for (auto matches = form.globalMatch(output); matches.hasNext();)
        last = matches.next().captured(1).trimmed();
    return last.isEmpty() ? QStringLiteral("it gave no reason") : last;
}

} // namespace

Error explainPostgresFailure(const QString& output, const QString& dataDir, const QString& logFile)
{
    for (const auto& [pattern, sentence] : known)
        if (output.contains(QRegularExpression(pattern.toString())))
            return {ErrorCode::Unsupported, sentence.toString().arg(dataDir)};
    return {
        ErrorCode::Unsupported,
        QStringLiteral("PostgreSQL could not be started (%1): see %2.").arg(lastComplaint(output), logFile)};
}

bool isPassingPostgresFailure(const QString& output)
{
    static const QRegularExpression form(QStringLiteral(
        "pre-existing shared memory block|lock file .* already exists|server did not start in time"));
    return output.contains(form);
}

} // namespace punctual::store
