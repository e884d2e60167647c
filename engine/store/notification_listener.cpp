// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/notification_listener.h"

#include <QSqlDriver>

namespace punctual::store
{

namespace
{

constexpr Duration patience = std::chrono::seconds(5); // all that it asks is answered at once

} // namespace

NotificationListener::NotificationListener(const DatabaseAddress& address, QStringList channels, Loop& home,
                                           QObject* context, Heard heard)
    : m_channels(std::move(channels))
    , m_home(home)
    , m_context(context)
    , m_heard(std::move(heard))
    , m_thread(address, QStringLiteral("punctual listen"), patience)
{
    check();
}

void NotificationListener::check()
{
    if (m_thread.pending() > 0)
        return;
    m_thread.run(
        m_home, m_context, [this](Connection& connection) { return listen(connection); },
        [](const Result<void>&) {});
}

Result<void> NotificationListener::listen(Connection& connection)
{
    if (auto alive = connection.run(QStringLiteral("SELECT 1")); !alive)
        return alive; // closed now; the next check opens it again
    QSqlDriver* driver = connection.driver();
    if (!driver->subscribedToNotifications().isEmpty())
        return {};
    QObject::disconnect(driver, &QSqlDriver::notification, nullptr, nullptr);
    const auto tell = [&home = m_home, context = m_context, heard = m_heard](const QString& channel,
                                                                             const QString& payload) {
        home.post([context, heard, channel, payload] {
            if (context)
                heard(channel, payload);
        });
    };
    QObject::connect(driver, &QSqlDriver::notification, driver,
                     [tell](const QString& channel, QSqlDriver::NotificationSource, const QVariant& payload) {
                         tell(channel, payload.toString());
                     });
    for (const auto& channel : std::as_const(m_channels))
        driver->subscribeToNotification(channel);
    tell({}, {});
    return {};
}

} // namespace punctual::store
