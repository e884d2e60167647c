// SPDX-License-Identifier: GPL-3.0-or-later
// Sends what has been claimed: not before it is due, within the destination's concurrency, and hands the
// outcome to the writer.
//
// Lives in the node's thread.
#pragma once

#include "core/timer_buckets.h"
#include "delivery/http_deliverer.h"
#include "runtime/database_clock.h"
#include "runtime/lane.h"
#include "runtime/outcome_writer.h"
#include "runtime/wake_up.h"

#include <QObject>
#include <QRandomGenerator>
#include <QSet>

namespace punctual::runtime
{

class Sender : public QObject
{
    Q_OBJECT

public:
    Sender(const DatabaseClock& clock, OutcomeWriter& writer, QObject* parent = nullptr);

    /// A claim of this node in this epoch. The lane has to outlive it.
    void take(Lane& lane, const store::NodeKey& node, store::Claim claim);

    /// Claims that have no outcome yet.
    [[nodiscard]] const QSet<MessageId>& claims() const { return m_claims; }

Q_SIGNALS:
    /// An exchange has ended: its slot is free.
    void ended();

private:
    struct Early
    {
        Lane* lane;
        store::NodeKey node;
        store::Claim claim;
    };

    void sendDue();
    void send(Lane& lane, const store::NodeKey& node, store::Claim claim);
    void start(Lane& lane, const store::NodeKey& node, store::Claim claim);
    void end(Lane& lane, const store::NodeKey& node, const store::Claim& claim, const Exchange& exchange);

    const DatabaseClock& m_clock;
    OutcomeWriter& m_writer;
    delivery::HttpDeliverer m_http;
    TimerBuckets<Early> m_early;
    WakeUp m_wakeUp;
    QSet<MessageId> m_claims;
    QRandomGenerator m_random;
};

} // namespace punctual::runtime
