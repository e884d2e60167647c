// SPDX-License-Identifier: GPL-3.0-or-later
// A thread with one connection that runs jobs one after the other.
#pragma once

#include "store/connection.h"
#include "store/loop.h"

#include <QPointer>
#include <QThread>

#include <atomic>
#include <memory>

namespace punctual::store
{

class DatabaseThread
{
public:
    DatabaseThread(const DatabaseAddress& address, const QString& purpose);
    DatabaseThread(const DatabaseThread&) = delete;
    DatabaseThread& operator=(const DatabaseThread&) = delete;
    /// Waits for the job that runs; those behind it are dropped.
    ~DatabaseThread();

    /// Runs `work(Connection&)` on the thread and hands its result to `done` in the thread of `home`,
    /// unless `context` is gone by then.
    template <class Work, class Done>
    void run(Loop& home, QObject* context, Work work, Done done);

    /// Jobs that have not ended.
    [[nodiscard]] int pending() const { return m_pending.load(std::memory_order_relaxed); }

private:
    Loop m_loop;
    QThread m_thread;
    std::unique_ptr<Connection> m_connection; // made and destroyed on the thread
    std::atomic<int> m_pending = 0;
};

template <class Work, class Done>
void DatabaseThread::run(Loop& home, QObject* context, Work work, Done done)
{
    m_pending.fetch_add(1, std::memory_order_relaxed);
    m_loop.post([this, &home, context = QPointer<QObject>(context), work = std::move(work),
                 done = std::move(done)]() mutable {
        auto result = std::make_shared<decltype(work(*m_connection))>(work(*m_connection));
        m_pending.fetch_sub(1, std::memory_order_relaxed);
        home.post(
            [context = std::move(context), done = std::move(done), result = std::move(result)]() mutable {
                if (context)
                    done(std::move(*result));
            });
    });
}

} // namespace punctual::store
