// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be sent in one attempt.
#pragma once

#include "core/destination.h"

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
};

/// How much of an answer's body is kept.
inline constexpr qsizetype keptResponseBytes = 2048;

} // namespace punctual::delivery
