// SPDX-License-Identifier: GPL-3.0-or-later
// From what a clock on a wall reads to points in time. QDateTime hides that a reading may not exist (the
// hour that is skipped in spring) or happen twice (in autumn).
#pragma once

#include "core/time.h"

#include <QTimeZone>

#include <vector>

namespace punctual::ui
{

/// Every instant at which a clock in `zone` reads this, earliest first: none in a gap, two in an overlap.
///
/// A reading is tried with each offset that the zone has within a day of it, and kept where the zone
/// really has that offset at the resulting instant. Berlin, 25 October 2026, 02:30: 00:30Z by +02:00 and
/// 01:30Z by +01:00 both hold.
[[nodiscard]] std::vector<Instant> instantsOf(QDate date, QTime time, const QTimeZone& zone);

} // namespace punctual::ui
