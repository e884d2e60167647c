// SPDX-License-Identifier: GPL-3.0-or-later
// Stands between a server and PostgreSQL's Unix socket, to break the way between the two alone.
//
// Lives in the thread that made it and works in a thread of its own.
#pragma once

#include "core/database_address.h"

#include <QLocalServer>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>

namespace punctual::test
{

class DatabaseProxy
{
public:
    explicit DatabaseProxy(const DatabaseAddress& database);
    ~DatabaseProxy();

    /// The same database, by way of the proxy.
    [[nodiscard]] DatabaseAddress address() const;

    /// What is asked arrives, and no answer comes back: nothing tells that the connection is broken.
    void swallowAnswers() { m_swallowing = true; }
    /// Cuts all connections; new ones work.
    void mend();

private:
    void accept();

    QString m_host;
    QString m_rest; // of the connection string
    QTemporaryDir m_directory;
    QThread m_thread;
    QLocalServer* m_server; // lives in m_thread and is deleted there
    std::atomic<bool> m_swallowing = false;
};

} // namespace punctual::test
