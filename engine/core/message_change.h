// SPDX-License-Identifier: GPL-3.0-or-later
// A change to a message that waits, and the definite answer to it.
#pragma once

#include "core/message.h"

namespace punctual
{

/// What is absent stays as it is.
struct MessageChange
{
    std::optional<std::variant<Instant, Duration>> due = {};
    std::optional<Priority> priority = {};
    std::optional<QStringList> tags = {};
    std::optional<QByteArray> body = {};
    std::optional<QByteArray> contentType = {};
    std::optional<std::vector<Header>> headers = {};
    std::optional<Duration> expiresAfter = {}; // zero takes the limit away
    std::optional<int> maxAttempts = {};
    /// Only if it was last changed at one of these moments (Message::updatedAt).
    std::optional<std::vector<Instant>> ifUpdatedAt = {};
};

struct ChangeVerdict
{
    /// The state that the message has; absent: there is no such message.
    std::optional<MessageState> state;
    /// As it is now, with its content.
    std::optional<Message> message;
    bool changed = false; // else nothing was done
    bool isStale = false; // it waits, but was changed at another moment than asked for
};

} // namespace punctual
