// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/change_reader.h"

#include "store/change_queries.h"
#include "store/database_thread.h"
#include "store/notification_listener.h"

namespace punctual::client
{

using store::Connection;

namespace
{

Actor reader()
{
    return {QStringLiteral("events"), QStringLiteral("rest"), Role::Viewer};
}

} // namespace

class ChangeReader::Private
{
public:
    explicit Private(const DatabaseAddress& given)
        : address(given)
        , thread(given, QStringLiteral("punctual events"))
    {
    }

    DatabaseAddress address;
    store::Loop home; // before the threads, which post to it until they end
    store::DatabaseThread thread;
    std::unique_ptr<store::NotificationListener> listener;
};

ChangeReader::ChangeReader(const DatabaseAddress& address)
    : m_private(std::make_unique<Private>(address))
{
}

ChangeReader::~ChangeReader() = default;

void ChangeReader::follow(QObject* context, std::function<void(Result<ChangeStart>)> answer)
{
    m_private->thread.run(
        m_private->home, context,
        [](Connection& connection) -> Result<ChangeStart> {
            const auto followed =
                connection.transaction(reader(), [&] { return store::followChanges(connection); });
            if (!followed)
                return tl::unexpected(followed.error());
            return connection.transaction(reader(), [&] { return store::changesFrom(connection); });
        },
        std::move(answer));
    if (m_private->listener)
        m_private->listener->check();
}

void ChangeReader::read(const ChangePlace& place, int limit, QObject* context,
                        std::function<void(Result<std::vector<ChangeSet>>)> answer)
{
    m_private->thread.run(
        m_private->home, context,
        [place, limit](Connection& connection) {
            return connection.transaction(reader(),
                                          [&] { return store::changesAfter(connection, place, limit); });
        },
        std::move(answer));
}

void ChangeReader::setListening(bool isListening)
{
    if (!isListening)
        m_private->listener.reset();
    else if (!m_private->listener)
        m_private->listener = std::make_unique<store::NotificationListener>(
            m_private->address, QStringList(QStringLiteral("punctual_due")), m_private->home, this,
            [this](const QString&, const QString&) { Q_EMIT woken(); });
}

} // namespace punctual::client
