// SPDX-License-Identifier: GPL-3.0-or-later
// How the client's functions reach the database. For the sources of Client alone.
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
        : m_address(address)
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

    /// One more, for what may take long, from when it is first needed.
    [[nodiscard]] store::DatabaseThread& patient()
    {
        if (!m_patient)
            m_patient = std::make_unique<store::DatabaseThread>(m_address, QStringLiteral("punctual client"),
                                                                longestStatement);
        return *m_patient;
    }

private:
    static constexpr Duration longestStatement = std::chrono::minutes(61);

    DatabaseAddress m_address;
    store::Loop m_home; // before the threads: they post to it until they end
    std::vector<std::unique_ptr<store::DatabaseThread>> m_threads;
    std::unique_ptr<store::DatabaseThread> m_patient;
};

/// `work(Connection&)` in a transaction with the actor's rights.
template <class T, class Work>
[[nodiscard]] auto inTransaction(const Actor& actor, Work work)
{
    return [actor, work = std::move(work)](store::Connection& connection) -> Result<T> {
        return connection.transaction(actor, [&]() -> Result<T> { return work(connection); });
    };
}

/// Runs `work(Connection&)` in a transaction with the actor's rights.
template <class Work, class T>
void Client::ask(const Actor& actor, QObject* context, Work work, Answer<T> answer)
{
    m_pool->leastBusy().run(m_pool->home(), context, inTransaction<T>(actor, std::move(work)),
                            std::move(answer));
}

template <class Work, class T>
void Client::askLong(const Actor& actor, QObject* context, Work work, Answer<T> answer)
{
    m_pool->patient().run(m_pool->home(), context, inTransaction<T>(actor, std::move(work)),
                          std::move(answer));
}

} // namespace punctual::client
