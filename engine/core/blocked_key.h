// SPDX-License-Identifier: GPL-3.0-or-later
// A key whose messages do not go on at once: others wait behind its head, or it was parked.
#pragma once

#include "core/message.h"

#include <optional>

namespace punctual
{

struct BlockedKey
{
    QString key;
    MessageId head; // what the others wait for; of a parked key, the message that failed for good
    MessageState headState = MessageState::Scheduled;
    int headAttempts = 0;
    Instant headDueAt;
    std::optional<Instant> headNextAttemptAt;
    QString headError;               // of its last attempt
    std::optional<Instant> parkedAt; // nothing leaves until somebody releases the key
    qint64 waiting = 0;              // behind the head
};

} // namespace punctual
