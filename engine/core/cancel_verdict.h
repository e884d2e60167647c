// SPDX-License-Identifier: GPL-3.0-or-later
// The definite answer to a cancel.
#pragma once

#include "core/message.h"

#include <optional>

namespace punctual
{

struct CancelVerdict
{
    /// The state that the message was found or put in. `Cancelled` means that it will not be sent,
    /// whether this call or an earlier one did it; absent: there is no such message.
    std::optional<MessageState> state;
    std::optional<Message> message;

    [[nodiscard]] bool isCancelled() const { return state == MessageState::Cancelled; }
};

/// `cancelled`, `delivering`, `delivered`, `dead`, `expired`, `unknown` or `not_found`.
[[nodiscard]] inline QLatin1StringView toText(const CancelVerdict& verdict)
{
    return verdict.state ? toText(*verdict.state) : QLatin1StringView("not_found");
}

} // namespace punctual
