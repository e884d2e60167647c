// SPDX-License-Identifier: GPL-3.0-or-later
// What one destination's rules let this node send now: its copy of the lane's shared state, the permits it
// holds, and what it has seen since it last told the others. The quota broker fills it.
//
// Lives in the node's thread.
#pragma once

#include "core/lane_guard.h"
#include "runtime/permits.h"

#include <memory>

namespace punctual::runtime
{

struct Gate
{
    std::shared_ptr<const LaneGuard> guard; // of the destination as it is now
    LaneState state;
    LaneReport news;
    Permits permits;
    std::optional<Instant> askAgainAt; // before then there are no more permits
    int spare = 0;                     // as many more permits were left, when it last asked
    Instant toldAt;                    // when news were last told
    bool isStale = true;               // the shared state has to be read again

    /// The third party asked for a pause that is not over, or its breaker is open.
    [[nodiscard]] bool isShut(Instant now) const { return guard && guard->isShut(state, now); }

    /// What was seen here stops the lane before the others know of it.
    [[nodiscard]] bool isUrgent(Instant now) const { return guard && guard->isUrgent(state, news, now); }

    void close()
    {
        permits.setFree(false);
        permits.clear();
        spare = 0;
    }
};

} // namespace punctual::runtime
