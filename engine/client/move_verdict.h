// SPDX-License-Identifier: GPL-3.0-or-later
// The definite answer to a resolve or a restore.
#pragma once

#include "core/message.h"

#include <optional>

namespace punctual
{

struct MoveVerdict
{
    /// The state that the message was found or put in; absent: there is no such message.
    std::optional<MessageState> state;
    std::optional<Message> message;
    /// It was in the state that this starts from, and now is where it was to go. False: nothing was changed.
    bool moved = false;
};

/// The state, or `not_found`.
[[nodiscard]] inline QLatin1StringView toText(const MoveVerdict& verdict)
{
    return verdict.state ? toText(*verdict.state) : QLatin1StringView("not_found");
}

} // namespace punctual
