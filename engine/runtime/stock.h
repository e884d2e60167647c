// SPDX-License-Identifier: GPL-3.0-or-later
// What a node holds in memory of the waiting messages, and how they share the room.
#pragma once

#include <algorithm>

namespace punctual::runtime
{

/// Of one destination and priority.
struct Stock
{
    static constexpr int unknown = -1;

    int held = 0;         // not claimed, due or not
    int most = 0;         // as last asked for
    int found = unknown;  // by the last reading
    bool hasMore = false; // the database had more than was read
    bool isLow = false;   // and it is time to read that

    /// Next to nothing waits in most of many: they get by with little room.
    [[nodiscard]] bool isBusy() const { return found == unknown || found >= leastRoom / 2; }

    static constexpr int leastRoom = 64;
    static constexpr int mostRoom = 8192;
    static constexpr int allRoom = 120'000; // of a node
    static constexpr int refillBelow = 4;   // the part of `most` that is left when more is read

    /// The room of a busy one, among so many.
    [[nodiscard]] static constexpr int roomOfABusyOne(int busy, int idle)
    {
        return std::clamp((allRoom - idle * leastRoom) / std::max(busy, 1), leastRoom, mostRoom);
    }
};

} // namespace punctual::runtime
