// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the private cluster look at and do: files, processes, users of a cluster.
#pragma once

#include "core/database_address.h"
#include "store/private_cluster_lock.h"
#include "support/process.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>

namespace punctual::test
{

using namespace punctual::store;
using namespace std::chrono_literals;

inline const QString holderProgram = QStringLiteral(PUNCTUAL_TEST_HOLDER);

/// The first field of the answer, or the error.
inline QString ask(const DatabaseAddress& address, const QByteArray& sql)
{
    const std::unique_ptr<PGconn, decltype(&::PQfinish)> connection(
        ::PQconnectdb(address.conninfo.toUtf8().constData()), &::PQfinish);
    const std::unique_ptr<PGresult, decltype(&::PQclear)> result(::PQexec(connection.get(), sql.constData()),
                                                                 &::PQclear);
    if (::PQresultStatus(result.get()) == PGRES_TUPLES_OK)
        return QString::fromUtf8(::PQgetvalue(result.get(), 0, 0));
    return QString::fromUtf8(::PQerrorMessage(connection.get()));
}

inline QString fileOf(const QString& dataDir, const QString& name)
{
    return dataDir + u'/' + name;
}

inline qint64 serverOf(const QString& dataDir)
{
    QFile file(fileOf(dataDir, QStringLiteral("cluster/postmaster.pid")));
    return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toLongLong() : 0;
}

/// The shell that waits for the last user of this cluster.
inline qint64 guardianOf(const QString& dataDir)
{
    const QByteArray lock = QFile::encodeName(fileOf(dataDir, QStringLiteral("cluster.guardian")));
    const auto processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const auto& process : processes) {
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(process));
        if (commandLine.open(QIODevice::ReadOnly) && commandLine.readAll().contains(lock))
            return process.toLongLong();
    }
    return 0;
}

inline void end(qint64 process)
{
    QVERIFY(process > 1);
    QCOMPARE(::kill(static_cast<pid_t>(process), SIGKILL), 0);
}

inline bool hasStopped(const QString& dataDir)
{
    return !QFileInfo::exists(fileOf(dataDir, QStringLiteral("cluster/postmaster.pid")));
}

/// Until the server and its guardian are gone, so that the directory can be removed.
inline void waitUntilStopped(const QString& dataDir)
{
    QTRY_VERIFY_WITH_TIMEOUT(hasStopped(dataDir), 30'000);
    QVERIFY(PrivateClusterLock::acquire(fileOf(dataDir, QStringLiteral("cluster.users")),
                                        PrivateClusterLock::Mode::Exclusive, 30s));
}

/// Something for PostgreSQL's user to see through a directory that QTemporaryDir keeps for its owner.
inline void letThrough(const QTemporaryDir& dir)
{
    QVERIFY(::chmod(QFile::encodeName(dir.path()).constData(), 0755) == 0);
}

/// Runs a program as somebody who is not root.
inline QStringList asOrdinaryUser(const QStringList& command)
{
    if (::geteuid() != 0)
        return command;
    return QStringList{QStringLiteral("/usr/bin/setpriv"), QStringLiteral("--reuid=nobody"),
                       QStringLiteral("--regid=nogroup"), QStringLiteral("--clear-groups")} +
           command;
}

inline std::unique_ptr<Process> hold(const QStringList& command)
{
    auto holder = std::make_unique<Process>(command.first(), command.mid(1));
    return holder->start() ? std::move(holder) : nullptr;
}

inline std::unique_ptr<Process> hold(const QString& dataDir)
{
    return hold({holderProgram, dataDir});
}

inline bool hasOpened(Process& holder)
{
    return holder.waitForLine(QStringLiteral("open"));
}

} // namespace punctual::test
