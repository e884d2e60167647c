// SPDX-License-Identifier: GPL-3.0-or-later
// Where the lines of a chart's grid stand: at round values, and at round times of a zone.
#pragma once

#include "core/time.h"

#include <QTimeZone>

#include <vector>

namespace punctual::ui
{

struct Scale
{
    double most = 1;
    int steps = 4;    // between 0 and `most`
    int decimals = 0; // that its labels need
};

/// The least round scale from 0 that holds this value; with whole numbers for a chart of counts.
[[nodiscard]] Scale scaleFor(double most);

struct TimeTick
{
    Instant at;
    QString text;
};

/// About six, oldest first: whole minutes, hours or days as the clocks of the zone show them.
[[nodiscard]] std::vector<TimeTick> timeTicks(Instant from, Instant until, const QTimeZone& zone);

} // namespace punctual::ui
