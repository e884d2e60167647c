// SPDX-License-Identifier: GPL-3.0-or-later
// Works off bulk operations, a batch at a time, whichever node asked for them (0005_operations.sql).
//
// Delivering comes first: a batch is kept so small that it takes a twentieth of a second or so, and it is
// followed by a rest. The database sees to it that no two nodes work at the same operation, and that what a
// dead node had begun is done once.
//
// Lives in the node's thread.
#pragma once

#include "runtime/shard_keeper.h"
#include "store/database_thread.h"
#include "store/operation_queries.h"

#include <QObject>
#include <QTimer>

namespace punctual::runtime
{

class OperationWorker : public QObject
{
    Q_OBJECT

public:
    OperationWorker(store::DatabaseThread& thread, store::Loop& home, const ShardKeeper& keeper,
                    QObject* parent = nullptr);

    void start();
    void stop();
    /// There may be a new one.
    void wake();

private:
    void runOnce();
    void take(const Result<store::Worked>& worked, Duration took);

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const ShardKeeper& m_keeper;
    QTimer m_timer;
    int m_batch;
    bool m_working = false;
    bool m_again = false; // woken while it worked
    bool m_stopped = true;
};

} // namespace punctual::runtime
