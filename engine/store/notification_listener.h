// SPDX-License-Identifier: GPL-3.0-or-later
// Hears what PostgreSQL notifies, on a connection and thread of its own.
//
// A notification only wakes: one can be lost with the connection, so whoever listens polls as well.
#pragma once

#include "store/database_thread.h"

#include <QStringList>

#include <functional>

namespace punctual::store
{

class NotificationListener
{
public:
    /// Runs in the thread of `home`, unless `context` is gone. With no channel it says that it listens from
    /// now on: what was notified before was perhaps not heard.
    using Heard = std::function<void(const QString& channel, const QString& payload)>;
    NotificationListener(const DatabaseAddress& address, QStringList channels, Loop& home, QObject* context,
                         Heard heard);

    /// Sees whether the connection still lives and listens anew if it does not. Call it every second.
    void check();

private:
    [[nodiscard]] Result<void> listen(Connection& connection);

    QStringList m_channels;
    Loop& m_home;
    QPointer<QObject> m_context;
    Heard m_heard;
    DatabaseThread m_thread; // last: its jobs use the others
};

} // namespace punctual::store
