// SPDX-License-Identifier: GPL-3.0-or-later
// What is behind the facade, for the files that it is written in.
#pragma once

#include "client/client.h"
#include "store/database_thread.h"

#include <algorithm>

namespace punctual::client
{

/// The database threads and the letter box in which their answers arrive.
class Client::Pool
{
public:
    Pool(const DatabaseAddress& address, int connections)
    {
        for (int i = 0; i < connections; ++i)
            m_threads.push_back(
                std::make_unique<store::DatabaseThread>(address, QStringLiteral("punctual client")));
    }

    [[nodiscard]] store::Loop& home() { return m_home; }

    [[nodiscard]] store::DatabaseThread& leastBusy()
    {
        return **std::min_element(m_threads.begin(), m_threads.end(),
                                  [](const auto& a, const auto& b) { return a->pending() < b->pending(); });
    }

private:
    store::Loop m_home; // before the threads: they post to it until they end
    std::vector<std::unique_ptr<store::DatabaseThread>> m_threads;
};

/// Runs `work(store::Connection&)` in a transaction with the actor's rights.
template <class Work, class T>
void Client::ask(const Actor& actor, QObject* context, Work work, Answer<T> answer)
{
    m_pool->leastBusy().run(
        m_pool->home(), context,
        [actor, work = std::move(work)](store::Connection& connection) -> Result<T> {
            return connection.transaction(actor, [&]() -> Result<T> { return work(connection); });
        },
        std::move(answer));
}

} // namespace punctual::client
