// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a batch that was scheduled.
#pragma once

#include "core/message.h"

#include <vector>

namespace punctual
{

/// Makes repeated schedule calls with the same key store once. The key belongs to the actor's name.
struct Idempotency
{
    QString key;
    QByteArray contentHash; // of the request; the same key with another hash is a Conflict
};

struct Scheduled
{
    struct Item
    {
        MessageId id;
        Instant dueAt;
        int maxAttempts = 0;
    };

    std::vector<Item> items; // in the order of the request
    Instant createdAt;
    bool repeated = false; // answered from an earlier call with the same idempotency key
};

} // namespace punctual
