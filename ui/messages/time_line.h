// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to a message and what is still to come, in the order of time: when it was stored and due, its
// attempts with their timings, and what people did with it.
#pragma once

#include "core/attempt.h"
#include "core/audit.h"
#include "ui/common/state_color.h"

#include <QTimeZone>

namespace punctual::ui
{

struct TimeLineEntry
{
    Instant at;
    Tone tone = Tone::Neutral;
    QString title;
    QString detail = {}; // may be empty
    bool isToCome = false;

    friend bool operator==(const TimeLineEntry&, const TimeLineEntry&) = default;
};

/// Oldest first. `audit` is that of the message alone, in any order.
[[nodiscard]] std::vector<TimeLineEntry> timeLineOf(const Message& message,
                                                    const std::vector<Attempt>& attempts,
                                                    const std::vector<AuditEntry>& audit, Instant now,
                                                    const QTimeZone& zone);

} // namespace punctual::ui
