// SPDX-License-Identifier: GPL-3.0-or-later
// A PostgreSQL of a test's own, which the test stops, kills and starts again. Its postmaster is a child of
// the test and ends with it.
//
// Lives in the main thread. What cannot be done ends the test program with a message.
#pragma once

#include "core/database_address.h"
#include "support/process.h"

#include <QTemporaryDir>

#include <csignal>
#include <memory>

namespace punctual::test
{

class ThrowawayPostgres
{
public:
    /// Makes the cluster with these lines in its configuration and starts it. `environment` is what its
    /// processes get besides.
    explicit ThrowawayPostgres(const QByteArray& settings = {}, std::map<QString, QString> environment = {});
    ~ThrowawayPostgres();

    /// Starts it, or starts it again, and waits until it takes connections.
    void start();
    /// `pg_ctl stop -m immediate`: as if the machine had lost its power.
    void stopImmediately();
    /// kill -9 of the postmaster alone; the other processes notice by themselves.
    void killPostmaster();
    /// SIGSTOP to all of its processes, as on a machine that is suspended, and SIGCONT.
    void freeze() { signalAll(SIGSTOP); }
    void thaw() { signalAll(SIGCONT); }
    [[nodiscard]] bool isRunning() const { return m_postmaster && m_postmaster->isRunning(); }

    /// What it wrote to its log since it was started last.
    [[nodiscard]] QByteArray log() const { return m_postmaster->errors(); }

    /// Adds a line to the configuration. It holds at once.
    void configure(const QByteArray& line);

    /// A new, empty database.
    [[nodiscard]] DatabaseAddress createDatabase();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_directory.filePath(name); }
    [[nodiscard]] DatabaseAddress addressOf(const QString& database) const;
    [[nodiscard]] std::unique_ptr<Process> program(const QString& name, const QStringList& arguments) const;
    void initialise();
    void signalAll(int signal) const;
    void append(const QByteArray& settings);

    QTemporaryDir m_directory; // its path is short: that of a socket is limited to 107 bytes
    std::map<QString, QString> m_environment;
    std::unique_ptr<Process> m_postmaster;
    int m_databases = 0;
};

} // namespace punctual::test
