// SPDX-License-Identifier: GPL-3.0-or-later
#include "throwaway_postgres.h"

#include "store/connection.h"
#include "store/postgres_programs.h"
#include "store/postgres_user.h"
#include "support/await.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

#include <unistd.h>

namespace punctual::test
{

namespace
{

QString pathOf(const QString& program)
{
    const auto found = store::PostgresPrograms::find({}, std::nullopt);
    if (!found)
        qFatal("%s", qPrintable(found.error().detail));
    return found->path(program);
}

QString userOf(const QString& directory)
{
    const auto user = store::PostgresUser::of(directory);
    if (!user)
        qFatal("%s", qPrintable(user.error().detail));
    return user->name();
}

} // namespace

ThrowawayPostgres::ThrowawayPostgres(const QByteArray& settings, std::map<QString, QString> environment)
    : m_directory(QStringLiteral("/tmp/punctual-faults-XXXXXX"))
    , m_environment(std::move(environment))
{
    m_environment.emplace(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    initialise();
    append(settings);
    start();
}

ThrowawayPostgres::~ThrowawayPostgres()
{
    stopImmediately();
}

void ThrowawayPostgres::initialise()
{
    if (::geteuid() == 0) {
        Process chown(QStringLiteral("/bin/chown"),
                      {userOf(path(QStringLiteral("data"))) + u':', m_directory.path()});
        if (!chown.start() || chown.waitForEnd() != 0)
            qFatal("%s", chown.errors().constData());
    }
    const auto initdb = program(QStringLiteral("initdb"),
                                {QStringLiteral("--no-sync"), QStringLiteral("--auth=trust"),
                                 QStringLiteral("--username=postgres"), QStringLiteral("--encoding=UTF8"),
                                 QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--wal-segsize=1"),
                                 QStringLiteral("-D"), path(QStringLiteral("data"))});
    if (!initdb->start() || initdb->waitForEnd() != 0)
        qFatal("initdb: %s", initdb->errors().constData());
    // The kernel outlives every process here, so nothing has to reach a disk.
    append("listen_addresses = ''\n"
           "unix_socket_directories = '" +
           m_directory.path().toUtf8() +
           "'\n"
           "dynamic_shared_memory_type = mmap\n"
           "shared_buffers = 16MB\n"
           "max_wal_size = 64MB\n"
           "fsync = off");
}

void ThrowawayPostgres::append(const QByteArray& settings)
{
    QFile configuration(path(QStringLiteral("data/postgresql.conf")));
    if (!configuration.open(QIODevice::Append))
        qFatal("%s cannot be written", qPrintable(configuration.fileName()));
    configuration.write(settings + '\n');
}

void ThrowawayPostgres::configure(const QByteArray& line)
{
    append(line);
    if (isRunning())
        ::kill(static_cast<pid_t>(m_postmaster->processId()), SIGHUP);
}

std::unique_ptr<Process> ThrowawayPostgres::program(const QString& name, const QStringList& arguments) const
{
    // PostgreSQL refuses to run as root. The signal comes when the test ends in whatever way.
    QStringList command{QStringLiteral("--pdeathsig"), QStringLiteral("QUIT")};
    if (::geteuid() == 0) {
        const QString user = userOf(path(QStringLiteral("data")));
        command += {QStringLiteral("--reuid"), user, QStringLiteral("--regid"), user,
                    QStringLiteral("--clear-groups")};
    }
    command += {QStringLiteral("--"), pathOf(name)};
    return std::make_unique<Process>(QStringLiteral("/usr/bin/setpriv"), command + arguments, m_environment);
}

void ThrowawayPostgres::start()
{
    // After a kill the processes that are left may have the memory of the cluster for a moment longer.
    const QDeadlineTimer deadline(patience);
    do {
        m_postmaster =
            program(QStringLiteral("postgres"), {QStringLiteral("-D"), path(QStringLiteral("data"))});
        if (m_postmaster->start() && m_postmaster->waitForLine(QStringLiteral("ready to accept connections")))
            return;
        QTest::qWait(20);
    } while (!deadline.hasExpired());
    qFatal("PostgreSQL does not start: %s", m_postmaster->errors().constData());
}

void ThrowawayPostgres::stopImmediately()
{
    if (!isRunning())
        return;
    ::kill(static_cast<pid_t>(m_postmaster->processId()), SIGQUIT);
    if (!m_postmaster->waitForEnd())
        killPostmaster();
}

void ThrowawayPostgres::killPostmaster()
{
    m_postmaster->kill();
}

/// The postmaster first, so that it starts no more of them.
void ThrowawayPostgres::signalAll(int signal) const
{
    const auto postmaster = m_postmaster->processId();
    ::kill(static_cast<pid_t>(postmaster), signal);
    QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(postmaster));
    if (!children.open(QIODevice::ReadOnly))
        qFatal("the processes of PostgreSQL are not known");
    const auto ids = children.readAll().split(' ');
    for (const auto& id : ids)
        if (const auto process = static_cast<pid_t>(id.toInt()); process > 0)
            ::kill(process, signal);
}

DatabaseAddress ThrowawayPostgres::addressOf(const QString& database) const
{
    return {QStringLiteral("host=%1 user=postgres dbname=%2").arg(m_directory.path(), database)};
}

DatabaseAddress ThrowawayPostgres::createDatabase()
{
    const QString name = QStringLiteral("faults_%1").arg(++m_databases);
    store::Connection connection(addressOf(QStringLiteral("postgres")), QStringLiteral("test"));
    if (const auto made = connection.run(QStringLiteral("CREATE DATABASE ") + name); !made)
        qFatal("%s", qPrintable(made.error().detail));
    return addressOf(name);
}

} // namespace punctual::test
