// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps the messages of destinations from leaving, in words.
#pragma once

#include "core/destination.h"
#include "ui/common/state_color.h"

#include <vector>

namespace punctual::ui
{

struct Stop
{
    enum class Kind { Paused, Locked, BreakerOpen, BreakerTrying, Held, QuotaUsed };

    QString destination;
    Kind kind = Kind::Paused;
    QString cause;
    std::optional<Instant> until; // nothing: until a person does something about it

    friend bool operator==(const Stop&, const Stop&) = default;
};

/// The gravest first.
[[nodiscard]] std::vector<Stop> stopsOf(const Destination& destination, Instant now);

[[nodiscard]] QString stopName(Stop::Kind kind);
[[nodiscard]] Tone toneOf(Stop::Kind kind);

} // namespace punctual::ui
