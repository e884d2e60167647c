// SPDX-License-Identifier: GPL-3.0-or-later
// Reads ahead what is due in the next seconds: every second, when the database says that something is due
// soon, and when a lane runs low. Reading the same window again is harmless, so nothing that was missed stays
// missed.
//
// Lives in the node's thread.
#pragma once

#include "core/clock.h"
#include "runtime/dispatcher.h"
#include "runtime/shard_keeper.h"
#include "store/database_thread.h"

#include <QObject>
#include <QTimer>

namespace punctual::runtime
{

class Prefetcher : public QObject
{
    Q_OBJECT

public:
    Prefetcher(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
               const ShardKeeper& keeper, Dispatcher& dispatcher, QObject* parent = nullptr);

    void start();
    void stop();

    /// Reads as soon as the last reading is over and a pause has passed that keeps the database's share
    /// small.
    void wake();

private:
    void runOnce();

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const Clock& m_clock;
    const ShardKeeper& m_keeper;
    Dispatcher& m_dispatcher;
    QTimer m_poll;
    QTimer m_soon;
    bool m_reading = false;
    bool m_wanted = false;  // again, after the reading that is under way
    Duration m_notBefore{}; // by CLOCK_BOOTTIME
};

} // namespace punctual::runtime
