// SPDX-License-Identifier: GPL-3.0-or-later
// A message whose time passed while nobody could send it: nodes asleep, stopped or without their database.
#pragma once

#include "core/message.h"

#include <optional>

namespace punctual
{

/// Later than this an attempt counts as missed, whatever the reason.
inline constexpr Duration missedAfter = std::chrono::minutes(1);

struct MissedMessage
{
    MessageId id;
    QString destination;
    Instant plannedAt;
    std::optional<Instant> sentAt; // nothing: it expired and was never sent

    friend bool operator==(const MissedMessage&, const MissedMessage&) = default;
};

} // namespace punctual
