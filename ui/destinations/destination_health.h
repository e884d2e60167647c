// SPDX-License-Identifier: GPL-3.0-or-later
// How a destination is doing, in a word.
#pragma once

#include "core/figures.h"
#include "ui/common/state_color.h"

namespace punctual::ui
{

struct DestinationHealth
{
    QString text;
    Tone tone = Tone::Neutral;
    QString detail; // why; may be empty
};

/// What stops it comes first, then how its last attempts ended.
[[nodiscard]] DestinationHealth healthOf(const DestinationFigures& figures, Instant now);

[[nodiscard]] QString breakerText(const Destination& destination, Instant now);

} // namespace punctual::ui
