// SPDX-License-Identifier: GPL-3.0-or-later
// A thread with one connection that runs jobs one after the other. A server that answers nothing is not
// waited for without end: the connection is cut, and the job fails with ErrorCode::Unavailable.
//
// Made, used and destroyed in one thread, which has an event loop.
#pragma once

#include "store/connection.h"
#include "store/loop.h"

#include <QPointer>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>

namespace punctual::store
{

class DatabaseThread
{
public:
    /// Longer than statement_timeout of the sessions: a server that is alive has said something by then.
    static constexpr Duration usualPatience = std::chrono::seconds(35);

    /// A single statement may take as long as `patience`.
    DatabaseThread(const DatabaseAddress& address, const QString& purpose, Duration patience = usualPatience);
    DatabaseThread(const DatabaseThread&) = delete;
    DatabaseThread& operator=(const DatabaseThread&) = delete;
    /// Waits for the job that runs; those behind it are dropped.
    ~DatabaseThread();

    /// Runs `work(Connection&)` on the thread and hands its result to `done` in the thread of `home`,
    /// unless `context` is gone by then.
    template <class Work, class Done>
    void run(Loop& home, QObject* context, Work work, Done done);

    /// Ends the connection if an answer of the server has been awaited for so long.
    void cutAfter(Duration patience) { m_wire.cutAfter(patience); }

    /// Jobs that have not ended.
    [[nodiscard]] int pending() const { return m_pending.load(std::memory_order_relaxed); }

private:
    void watch();

    Loop m_loop;
    QThread m_thread;
    std::unique_ptr<Connection> m_connection; // made and destroyed on the thread
    std::atomic<int> m_pending = 0;
    Wire m_wire;
    Duration m_patience;
    QTimer m_watch; // runs while there are jobs
};

template <class Work, class Done>
void DatabaseThread::run(Loop& home, QObject* context, Work work, Done done)
{
    m_pending.fetch_add(1, std::memory_order_relaxed);
    watch();
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
