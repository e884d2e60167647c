// SPDX-License-Identifier: GPL-3.0-or-later
// What attempts came to and how late they were, added up by second and destination, and written to the
// database once a second: a few rows, however many messages there are.
//
// Lives in the node's thread.
#pragma once

#include "core/clock.h"
#include "runtime/shard_keeper.h"
#include "store/database_thread.h"
#include "store/statistics_queries.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <utility>

namespace punctual::runtime
{

class Statistics : public QObject
{
    Q_OBJECT

public:
    Statistics(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
               const ShardKeeper& keeper, QObject* parent = nullptr);

    void start();
    /// Writes what there is, the second that still runs included; then calls `done`, whatever came of it.
    void flush(std::function<void()> done);

    void add(const QString& destination, const store::AttemptRecord& record, const LatenessParts& parts);

private:
    using Key = std::pair<std::chrono::sys_seconds, QString>;

    void runOnce();
    void write(
        std::map<Key, DeliveryStatistics> rows, std::function<void()> done = [] {});

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const Clock& m_clock;
    const ShardKeeper& m_keeper;
    QTimer m_timer;
    std::map<Key, DeliveryStatistics> m_rows;
};

} // namespace punctual::runtime
