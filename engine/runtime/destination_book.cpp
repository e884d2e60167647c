// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/destination_book.h"

#include "store/destination_queries.h"

namespace punctual::runtime
{

DestinationBook::DestinationBook(store::DatabaseThread& thread, store::Loop& home, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
{
}

void DestinationBook::runOnce()
{
    m_thread.run(
        m_home, this, [](store::Connection& connection) { return store::destinations(connection); },
        [this](const Result<std::vector<Destination>>& read) { take(read); });
}

void DestinationBook::take(const Result<std::vector<Destination>>& read)
{
    if (!read)
        return; // what is known goes on; the keeper says that the database is away
    QHash<QString, Entry> fresh;
    bool differs = static_cast<qsizetype>(read->size()) != m_entries.size();
    for (const auto& destination : *read) {
        const Entry known = m_entries.value(destination.name);
        const bool same =
            known && known->version == destination.version && known->createdAt == destination.createdAt;
        fresh.insert(destination.name, same ? known : std::make_shared<const Destination>(destination));
        differs = differs || !same;
    }
    if (!differs)
        return;
    m_entries = std::move(fresh);
    Q_EMIT changed();
}

} // namespace punctual::runtime
