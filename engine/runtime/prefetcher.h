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

#include <array>

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

    /// Reads all lanes as soon as the last reading is over and a pause has passed that keeps the database's
    /// share small.
    void wake();

private:
    using Reach = Dispatcher::Reach;

    void wakeForLow();
    void arm();
    void runOnce();
    [[nodiscard]] Duration& notBefore(Reach reach) { return m_notBefore[static_cast<std::size_t>(reach)]; }

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const Clock& m_clock;
    const ShardKeeper& m_keeper;
    Dispatcher& m_dispatcher;
    QTimer m_poll;
    QTimer m_soon;
    bool m_reading = false;
    bool m_wantsAll = false;
    bool m_wantsLow = false;
    std::array<Duration, 2> m_notBefore{}; // by reach and CLOCK_BOOTTIME
};

} // namespace punctual::runtime
