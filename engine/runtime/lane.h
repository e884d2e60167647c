// SPDX-License-Identifier: GPL-3.0-or-later
// What one destination has on this node: due messages that wait for their turn, claimed ones that wait for
// a free slot, and how many requests are in flight.
//
// Lives in the node's thread.
#pragma once

#include "core/lateness.h"
#include "core/priority_lane.h"
#include "runtime/departures.h"
#include "runtime/destination_book.h"
#include "runtime/gate.h"
#include "runtime/stock.h"
#include "store/node_queries.h"

#include <array>
#include <deque>
#include <optional>

namespace punctual::runtime
{

/// A message that this node has claimed, in the epoch of then.
struct Claimed
{
    store::Claim claim;
    store::NodeKey node;
    Journey journey;
    Instant queuedAt = {}; // since when nothing keeps it but a slot, a permit, or others for its batch
};

class Lane
{
public:
    explicit Lane(DestinationBook::Entry destination);

    DestinationBook::Entry destination;
    Gate gate;
    struct Due
    {
        MessageId id;
        quint64 ticket; // the dispatcher's: one that was put into another priority since counts no more
        Priority priority;
        Journey journey;
    };
    PriorityLane<Due> due;
    std::deque<Claimed> claimed; // due
    Departures departures;       // of calls that need a permit
    int inFlight = 0;
    int claiming = 0;                 // asked for, not answered
    int early = 0;                    // claimed ahead of their due time
    bool isPumping = false;           // the sender's: it is sending from `claimed`
    std::optional<Instant> awaitedAt; // likewise: it looks again then

    std::array<Stock, 3> stocks{}; // by priority

    [[nodiscard]] Stock& stockOf(Priority priority) { return stocks[static_cast<std::size_t>(priority)]; }

    [[nodiscard]] bool hasSlot() const { return inFlight < destination->maxConcurrency; }

    /// Permits that are spoken for: by calls whose connection took longer than their own lasted.
    [[nodiscard]] int owedPermits(Instant now) const { return departures.ranOut(gate.permits, now); }
    /// Whether a new call may take a permit now, if there is one.
    [[nodiscard]] bool mayBegin(Instant now) const
    {
        const int owed = owedPermits(now);
        return owed == 0 || gate.permits.usable(now, now) > owed;
    }

    /// What is claimed, asked for or due, and has not left.
    [[nodiscard]] int unsent() const { return static_cast<int>(due.size()) + unsentClaims(); }
    [[nodiscard]] int unsentClaims() const { return claiming + early + static_cast<int>(claimed.size()); }

    /// How many calls so many messages make, without a batch that still waits for others.
    [[nodiscard]] int callsSoon(int messages, Instant now) const;

    /// How many calls can leave within 50 ms, whatever the rules allow: the free slots, and as
    /// many as come free at the pace of late. `time` only has to grow.
    [[nodiscard]] int startable(Duration time) const;

    /// Permits that are good this soon count for a claim.
    static constexpr Duration claimLead = std::chrono::milliseconds(6);

    /// How many may be claimed now: for as many slots as are free, or come free while the claim is under way
    /// at the pace of late, and for as many permits as there are and as are sure to be had. A destination
    /// that hangs has no pace, and so nothing more is claimed for it. Remembers whether it is the permits
    /// that are missing.
    [[nodiscard]] int claimable(Duration roundTrip, Duration time, Instant now);
    [[nodiscard]] bool lacksPermits() const { return m_lacksPermits; }

    /// An answer came for so many messages, at a time that only has to grow.
    void noteAnswer(Duration time, int messages);

    /// When the next call may leave as far as its messages go: of a batch that is not full, when it has
    /// waited long enough. Nothing: at once.
    [[nodiscard]] std::optional<Instant> callAt(Instant now) const;
    [[nodiscard]] Claimed takeOne();
    /// The first of them and those after it that may be in one call with it.
    [[nodiscard]] std::vector<Claimed> takeBatch();

    /// Messages a call takes at most.
    [[nodiscard]] int perCall() const
    {
        return destination->batching ? destination->batching->maxMessages : 1;
    }

private:
    [[nodiscard]] bool mayGather(Instant now) const;
    /// How many messages leave in this span as others end.
    [[nodiscard]] int comingFree(Duration span, Duration time) const;

    bool m_lacksPermits = false;
    Duration m_windowStart{};
    int m_answers = 0;      // since then
    double m_perSecond = 0; // in the window before
};

} // namespace punctual::runtime
