// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/shard_keeper.h"

#include "core/uuid_v7.h"

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration lease = 4s; // the shards of a dead node are free after this
constexpr auto renewalInterval = 1s;

} // namespace

ShardKeeper::ShardKeeper(store::DatabaseThread& thread, store::Loop& home, DatabaseClock& clock,
                         const QString& nodeName, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_clock(clock)
    , m_nodeName(nodeName)
    , m_node{makeUuidV7(clock.now()), 0}
{
    connect(&m_timer, &QTimer::timeout, this, &ShardKeeper::runOnce);
}

void ShardKeeper::start()
{
    m_timer.start(renewalInterval);
    runOnce();
}

void ShardKeeper::wake()
{
    if (m_leaving || m_leaseEnd == Duration{})
        return;
    m_again = m_thread.pending() > 0;
    runOnce();
}

void ShardKeeper::handOver()
{
    m_handingOver = true;
    wake();
}

void ShardKeeper::leave()
{
    m_leaving = true;
    m_timer.stop();
    m_thread.run(
        m_home, this,
        [node = m_node](store::Connection& connection) { return store::leaveNode(connection, node); },
        [this](const Result<void>&) { Q_EMIT left(); });
}

bool ShardKeeper::holdsLease() const
{
    return !m_leaving && DatabaseClock::sinceBoot() < m_leaseEnd;
}

Duration ShardKeeper::leaseHeldFor() const
{
    return holdsLease() ? DatabaseClock::sinceBoot() - m_joinedAt : Duration{};
}

bool ShardKeeper::ownsShard(int shard) const
{
    return holdsLease() && std::binary_search(m_shards.begin(), m_shards.end(), shard);
}

void ShardKeeper::runOnce()
{
    if (m_thread.pending() > 0)
        return; // a renewal waits for its answer: more of them would not come sooner
    if (m_node.epoch == 0)
        join();
    else
        renew();
}

void ShardKeeper::join()
{
    m_thread.run(
        m_home, this,
        [id = m_node.id, name = m_nodeName](store::Connection& connection) {
            return store::joinNode(connection, id, name);
        },
        [this](const Result<store::NodeKey>& joined) {
            if (!joined) {
                Q_EMIT failed(joined.error().detail);
                return;
            }
            m_node = *joined;
            m_toldLocked.reset();
            m_joinedAt = DatabaseClock::sinceBoot();
            if (!m_leaving)
                renew();
        });
}

void ShardKeeper::setLocked(const QString& destination, const QString& reason)
{
    if (reason.isEmpty())
        m_locked.remove(destination);
    else
        m_locked.insert(destination, reason);
}

void ShardKeeper::renew()
{
    // The lease counts from before the question, so that it never seems longer than it is.
    const Duration askedAt = DatabaseClock::sinceBoot();
    m_thread.run(
        m_home, this,
        [node = m_node, offset = m_clock.offsetOfMachine(), leaving = m_handingOver,
         locked = m_locked == m_toldLocked ? std::nullopt
                                           : std::optional(m_locked)](store::Connection& connection) {
            return store::keepShards(connection, node, lease, offset, leaving, locked)
                .and_then([&](const store::KeptShards& kept) -> Result<Renewal> {
                    const Duration timeAskedAt = DatabaseClock::sinceBoot();
                    const auto time = store::databaseTime(connection);
                    if (!time)
                        return tl::unexpected(time.error());
                    return Renewal{kept, locked, *time, timeAskedAt, DatabaseClock::sinceBoot()};
                });
        },
        [this, askedAt](const Result<Renewal>& renewal) { take(renewal, askedAt); });
}

void ShardKeeper::take(const Result<Renewal>& renewal, Duration askedAt)
{
    if (m_leaving)
        return;
    if (!renewal || renewal->kept.leaseLost) {
        if (renewal) {
            m_node.epoch = 0;
            m_shards.clear();
            m_leaseEnd = {};
        }
        Q_EMIT failed(renewal ? QStringLiteral("the lease ran out") : renewal.error().detail);
        return;
    }
    m_clock.observe(renewal->databaseTime, renewal->timeAskedAt, renewal->timeAnsweredAt);
    m_leaseEnd = askedAt + lease;
    if (renewal->locked)
        m_toldLocked = renewal->locked;
    const bool changed = m_shards != renewal->kept.shards;
    m_shards = renewal->kept.shards;
    Q_EMIT renewed(changed);
    if (std::exchange(m_again, false))
        runOnce();
}

} // namespace punctual::runtime
