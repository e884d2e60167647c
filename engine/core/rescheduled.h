// SPDX-License-Identifier: GPL-3.0-or-later
// The definite answer to a reschedule.
#pragma once

#include "core/message_state.h"

#include <optional>

namespace punctual
{

struct Rescheduled
{
    /// The state that the message has; absent: there is no such message.
    std::optional<MessageState> state;
    /// It waited and has the new due time. False: everything is as it was.
    bool moved = false;
};

} // namespace punctual
