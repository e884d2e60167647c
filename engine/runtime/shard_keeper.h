// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps this node's lease and shards: joins, renews every second, joins again after the lease was lost.
// Each renewal also samples the database's clock.
//
// Lives in the node's thread.
#pragma once

#include "runtime/database_clock.h"
#include "store/database_thread.h"
#include "store/node_queries.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace punctual::runtime
{

class ShardKeeper : public QObject
{
    Q_OBJECT

public:
    ShardKeeper(store::DatabaseThread& thread, store::Loop& home, DatabaseClock& clock,
                const QString& nodeName, QObject* parent = nullptr);

    void start();
    /// Renews at once: others joined or left.
    void wake();
    /// Why the node sends nothing to a destination, which the next renewal tells everybody; empty: it does.
    void setLocked(const QString& destination, const QString& reason);
    /// The node is going to stop: others take the shards, the lease goes on for what is claimed.
    void handOver();
    /// Hands the shards back; `left` comes when the database knows, or does not answer.
    void leave();

    [[nodiscard]] const store::NodeKey& node() const { return m_node; }
    /// By this machine's own count: the lease that was last granted still runs.
    [[nodiscard]] bool holdsLease() const;
    /// Since it joined, or joined again; 0 without a lease.
    [[nodiscard]] Duration leaseHeldFor() const;
    [[nodiscard]] bool ownsShard(int shard) const;

Q_SIGNALS:
    /// After every renewal that worked. `changed`: the shards are others than before.
    void renewed(bool changed);
    /// A renewal failed: the database does not answer, or the lease was lost.
    void failed(const QString& reason);
    void left();

private:
    struct Renewal
    {
        store::KeptShards kept;
        std::optional<QJsonObject> locked; // if it was told
        Instant databaseTime;
        Duration timeAskedAt; // by CLOCK_BOOTTIME, as the next
        Duration timeAnsweredAt;
    };

    void runOnce();
    void join();
    void renew();
    void take(const Result<Renewal>& renewal, Duration askedAt);

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    DatabaseClock& m_clock;
    QString m_nodeName;
    QTimer m_timer;
    store::NodeKey m_node;
    QJsonObject m_locked;                    // reasons by destination
    std::optional<QJsonObject> m_toldLocked; // what the database knows of them
    std::vector<int> m_shards;
    Duration m_leaseEnd{}; // by CLOCK_BOOTTIME
    Duration m_joinedAt{}; // likewise
    bool m_again = false;  // renew once more after the renewal that is under way
    bool m_handingOver = false;
    bool m_leaving = false;
};

} // namespace punctual::runtime
