// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be sent in one attempt.
#pragma once

#include "core/destination.h"

#include <functional>
#include <memory>

namespace punctual::delivery
{

struct Request
{
    std::shared_ptr<const Destination> destination;
    MessageId id;
    int attempt = 1;
    Instant dueAt;
    Content content;
    /// Asked when a connection is there, right before the first byte leaves: the claim may have run out while
    /// the connection was made, or while this machine slept.
    std::function<bool()> mayStart = [] { return true; };
};

/// How much of an answer's body is kept.
inline constexpr qsizetype keptResponseBytes = 2048;

} // namespace punctual::delivery
