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
    /// `heard` runs in the thread of `home` with the channel's name, unless `context` is gone.
    NotificationListener(const DatabaseAddress& address, QStringList channels, Loop& home, QObject* context,
                         std::function<void(const QString& channel)> heard);

    /// Sees whether the connection still lives and listens anew if it does not. Call it every second.
    void check();

private:
    [[nodiscard]] Result<void> listen(Connection& connection);

    QStringList m_channels;
    Loop& m_home;
    QPointer<QObject> m_context;
    std::function<void(const QString&)> m_heard;
    DatabaseThread m_thread; // last: its jobs use the others
};

} // namespace punctual::store
