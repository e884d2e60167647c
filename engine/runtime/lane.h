// SPDX-License-Identifier: GPL-3.0-or-later
// What one destination has on this node: due messages that wait for their turn, claimed ones that wait for
// a free slot, and how many requests are in flight.
//
// Lives in the node's thread.
#pragma once

#include "core/lateness.h"
#include "core/priority_lane.h"
#include "runtime/destination_book.h"
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
};

class Lane
{
public:
    explicit Lane(DestinationBook::Entry destination);

    DestinationBook::Entry destination;
    struct Due
    {
        MessageId id;
        Priority priority;
        Journey journey;
    };
    PriorityLane<Due> due;
    std::deque<Claimed> claimed; // nothing keeps them but a slot
    int inFlight = 0;
    int claiming = 0; // asked for, not answered
    int early = 0;    // claimed ahead of their due time

    /// By priority: how many messages are held in memory and not claimed, due or not.
    std::array<int, 3> held{};
    /// By priority: the database had more than was read.
    std::array<bool, 3> more{};
    int mostHeld = 0; // of each priority, as last asked for

    [[nodiscard]] int& heldOf(Priority priority) { return held[static_cast<std::size_t>(priority)]; }
    [[nodiscard]] bool& moreOf(Priority priority) { return more[static_cast<std::size_t>(priority)]; }

    [[nodiscard]] bool hasSlot() const { return inFlight < destination->maxConcurrency; }

    /// How many may be claimed now: the free slots, and as many as will come free while the claim is under
    /// way at the pace of late. A destination that hangs has no pace, and so nothing more is claimed for it.
    [[nodiscard]] int claimable(Duration roundTrip, Duration now) const;

    /// An answer came, at a time that only has to grow.
    void noteAnswer(Duration time);

private:
    Duration m_windowStart{};
    int m_answers = 0;      // since then
    double m_perSecond = 0; // in the window before
};

} // namespace punctual::runtime
