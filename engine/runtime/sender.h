// SPDX-License-Identifier: GPL-3.0-or-later
// Sends what has been claimed: not before it is due, within the destination's concurrency, and hands the
// outcome to the writer. What is claimed is not sent once the claim may be another node's: after the lease
// has run out, or so late that its deadline would pass on the way.
//
// Lives in the node's thread.
#pragma once

#include "core/timer_buckets.h"
#include "delivery/http_deliverer.h"
#include "runtime/database_clock.h"
#include "runtime/lane.h"
#include "runtime/outcome_writer.h"
#include "runtime/shard_keeper.h"
#include "runtime/statistics.h"
#include "runtime/wake_up.h"

#include <QObject>
#include <QRandomGenerator>
#include <QSet>

#include <optional>

namespace punctual::runtime
{

class Sender : public QObject
{
    Q_OBJECT

public:
    Sender(const DatabaseClock& clock, const ShardKeeper& keeper, OutcomeWriter& writer,
           Statistics& statistics, QObject* parent = nullptr);

    /// A claim of this node in this epoch; what is due leaves at the next pump(). The lane has to outlive it.
    void take(Lane& lane, Claimed claimed);

    /// Sends what is claimed and has a slot and a permit now.
    void pump(Lane& lane);

    /// Gives back what is claimed and has not left, as it may not leave soon.
    void giveUp(Lane& lane);

    /// Claims that have no outcome yet.
    [[nodiscard]] const QSet<MessageId>& claims() const { return m_claims; }

Q_SIGNALS:
    /// An exchange has ended: its slot is free.
    void ended();
    /// The same, with what it came to.
    void observed(punctual::runtime::Lane& lane, const punctual::Exchange& exchange);
    /// Something claimed waits for a permit.
    void starved();
    /// The third party said: stop sending here.
    void stopped(const QString& destination, int status);
    /// It was not sent, because the claim may be another node's by now: it has to be given back.
    void outdated(const punctual::MessageId& id);

private:
    struct Early
    {
        Lane* lane;
        Claimed claimed;
    };

    /// Of a call that needs a permit.
    using Ticket = std::optional<Departures::Ticket>;

    void sendDue();
    void arm();
    void queue(Lane& lane, Claimed claimed);
    [[nodiscard]] std::optional<Instant> waitForPermit(Lane& lane, Instant now);
    [[nodiscard]] bool check(const Lane& lane, Claimed& claimed, Instant now);
    void startOne(Lane& lane, Claimed claimed, const Permit& permit);
    void startBatch(Lane& lane, std::vector<Claimed> batch, const Permit& permit);
    void refuseUnfit(const Lane& lane, std::vector<Claimed>& batch, const Error& error, Instant now);
    void finish(const Lane& lane, Claimed& claimed, const Exchange& exchange,
                std::optional<double> random = {});
    void endCall(Lane& lane, const Ticket& ticket, const Exchange& exchange, int messages);
    void write(const Lane& lane, Claimed& claimed, const Exchange& exchange, double random);
    [[nodiscard]] bool isCurrent(qint64 epoch) const;
    [[nodiscard]] Ticket beginCall(Lane& lane, const Permit& permit) const;
    [[nodiscard]] bool mayLeave(Lane& lane, qint64 epoch, const Ticket& ticket) const;

    const DatabaseClock& m_clock;
    const ShardKeeper& m_keeper;
    OutcomeWriter& m_writer;
    Statistics& m_statistics;
    delivery::HttpDeliverer m_http;
    TimerBuckets<Early> m_early;
    TimerBuckets<Lane*> m_later; // lanes whose next call is for later: its permit, or a batch that fills
    WakeUp m_wakeUp;
    QSet<MessageId> m_claims;
    QRandomGenerator m_random;
};

} // namespace punctual::runtime
