// SPDX-License-Identifier: GPL-3.0-or-later
// What people do in a window beyond reading, and the least role that may. PostgreSQL decides, by
// 0007_rights.sql; this is so that a window can say so beforehand. A test holds the two together.
#pragma once

#include "core/actor.h"

namespace punctual
{

enum class Right {
    Schedule,
    Cancel,
    Restore,
    Reschedule,
    Edit,
    Replay,
    Resolve,
    RunOperations, // on all messages that match a filter, with abort and undo
    ChangeDestinations,
    PauseDestinations,
};

[[nodiscard]] Role roleFor(Right right);

} // namespace punctual
