// SPDX-License-Identifier: GPL-3.0-or-later
// A punctuald on a database, as a process that can be killed, stopped and asked whether it is ready.
#pragma once

#include "core/database_address.h"
#include "support/process.h"

#include <QTemporaryDir>

#include <memory>

namespace punctual::test
{

class Server
{
public:
    /// Starts it and waits until it listens. `environment` is what it gets besides.
    explicit Server(const DatabaseAddress& address, const std::map<QString, QString>& environment = {});

    void kill() { m_process->kill(); } // SIGKILL
    void pause();                      // SIGSTOP
    void resume();                     // SIGCONT
    [[nodiscard]] bool terminate();    // SIGTERM; whether it ended cleanly, else it shows the end of its log

    /// The HTTP status of /readyz; 0 when it does not answer.
    [[nodiscard]] int readiness() const;
    /// What it wrote to its log so far.
    [[nodiscard]] QString log() const { return QString::fromUtf8(m_process->errors()); }
    /// What its node is called in the database.
    [[nodiscard]] QString nodeName() const { return m_nodeName; }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<Process> m_process;
    QString m_url;
    QString m_nodeName;
};

} // namespace punctual::test
