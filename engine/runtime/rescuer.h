// SPDX-License-Identifier: GPL-3.0-or-later
// Every second: claims of dead nodes become attempts with an unknown outcome, messages that are too late by
// their own limit expire, and the owner of shard 0 folds the counters, seals the audit, makes
// partitions and drops old ones.
//
// Lives in the node's thread.
#pragma once

#include "runtime/dispatcher.h"
#include "runtime/outcome_writer.h"
#include "runtime/shard_keeper.h"
#include "store/database_thread.h"
#include "store/lane_queries.h"

#include <QObject>
#include <QTimer>

namespace punctual::runtime
{

class Rescuer : public QObject
{
    Q_OBJECT

public:
    Rescuer(store::DatabaseThread& thread, store::Loop& home, const ShardKeeper& keeper,
            const Dispatcher& dispatcher, const OutcomeWriter& writer, QObject* parent = nullptr);

    void start();
    void stop();

private:
    void runOnce();
    struct Round
    {
        int rescued = 0;
        store::KeyPlace lastKey;
    };
    void note(const Result<Round>& round);

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const ShardKeeper& m_keeper;
    const Dispatcher& m_dispatcher;
    const OutcomeWriter& m_writer;
    QTimer m_timer;
    int m_rounds = 0;
    store::KeyPlace m_lastKey; // the next round goes on after it
};

} // namespace punctual::runtime
