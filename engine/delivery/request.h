// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be sent in one attempt: a message, or several in a batch.
#pragma once

#include "core/destination.h"

#include <functional>
#include <memory>
#include <vector>

namespace punctual::delivery
{

struct Request
{
    std::shared_ptr<const Destination> destination;
    MessageId id; // of the message; not used for a batch
    int attempt = 1;
    Instant dueAt; // of a batch: the earliest
    Content content;
    /// Asked when a connection is there, right before the first byte leaves: the claim or the permit may have
    /// run out while the connection was made, or while this machine slept.
    std::function<bool()> mayStart = [] { return true; };
    /// The messages of a batch in the order of joined(), which made `content`; empty for a single message.
    /// The answer to all of them is then to be taken apart with split().
    std::vector<MessageId> batch = {};
};

} // namespace punctual::delivery
