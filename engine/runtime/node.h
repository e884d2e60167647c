// SPDX-License-Identifier: GPL-3.0-or-later
// A node: wires the services that deliver messages. It only wires.
//
//   ShardKeeper      lease, shards, clock
//   DestinationBook  what the third parties want
//   Prefetcher  ──>  Dispatcher (buckets, lanes, claims)  ──>  Sender (HTTP)  ──>  OutcomeWriter
//   Rescuer          what dead nodes left, what came too late
//   OperationWorker  bulk operations
//
// Lives in a thread of its own with an event loop; see NodeHost.
#pragma once

#include "core/database_address.h"
#include "runtime/dispatcher.h"
#include "runtime/node_host.h"
#include "runtime/operation_worker.h"
#include "runtime/prefetcher.h"
#include "runtime/rescuer.h"
#include "store/notification_listener.h"

#include <QObject>

namespace punctual::runtime
{

class Node : public QObject
{
    Q_OBJECT

public:
    Node(const DatabaseAddress& address, const NodeOptions& options);

    void start();
    void stop();

Q_SIGNALS:
    void readyChanged(bool ready);
    void alive();
    void stopped();

private:
    void renewed();
    void refresh();
    void failed(const QString& reason);
    void setReady(bool ready);
    void heard(const QString& channel, const QString& payload);
    void leaveWhenDone();
    void leaveAnyway();

    store::Loop m_home; // before the threads, which post to it until they end
    store::DatabaseThread m_leaseThread;
    store::DatabaseThread m_readThread;
    store::DatabaseThread m_claimThread;
    store::DatabaseThread m_recordThread;
    store::DatabaseThread m_quotaThread;
    store::DatabaseThread m_serviceThread;
    store::DatabaseThread m_operationThread;

    DatabaseClock m_clock;
    ShardKeeper m_keeper;
    DestinationBook m_book;
    QuotaBroker m_broker;
    OutcomeWriter m_writer;
    Statistics m_statistics;
    Sender m_sender;
    Dispatcher m_dispatcher;
    Prefetcher m_prefetcher;
    Rescuer m_rescuer;
    OperationWorker m_operations;
    store::NotificationListener m_listener;
    QTimer m_pulse;
    QTimer m_patience; // of a stop, with a database that is away
    int m_pulses = 0;
    bool m_ready = false;
    bool m_stopping = false;
    bool m_idle = false; // nothing is claimed any more
    bool m_left = false;
};

} // namespace punctual::runtime
