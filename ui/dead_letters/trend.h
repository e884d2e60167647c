// SPDX-License-Identifier: GPL-3.0-or-later
// Where a count by hour is heading.
#pragma once

#include <QString>

#include <vector>

namespace punctual::ui
{

enum class Trend {
    Quiet,   // nothing for three hours
    Falling, // less than half of what it was before
    Steady,
    Rising // more than twice of it
};

/// The last three hours beside those before; the present hour is the last one.
[[nodiscard]] Trend trendOf(const std::vector<qint64>& hours);

/// "rising: 12 in the last hour"
[[nodiscard]] QString trendText(const std::vector<qint64>& hours);

} // namespace punctual::ui
