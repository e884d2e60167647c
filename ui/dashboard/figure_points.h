// SPDX-License-Identifier: GPL-3.0-or-later
// From figures to the points of a chart.
#pragma once

#include "core/figures.h"
#include "ui/charts/time_chart.h"

namespace punctual::ui
{

/// A point for each step: `valueOf(FigurePoint)`.
template <class ValueOf>
[[nodiscard]] TimeChart::Points pointsOf(const Figures& figures, ValueOf valueOf)
{
    TimeChart::Points points;
    points.reserve(static_cast<qsizetype>(figures.points.size()));
    for (const auto& point : figures.points)
        points.append({static_cast<double>(toMicroseconds(point.start)) / 1000, valueOf(point)});
    return points;
}

/// The last step may be shorter than the others.
[[nodiscard]] double perSecond(const Figures& figures, const FigurePoint& point, qint64 count);

[[nodiscard]] DeliveryStatistics sumOf(const Figures& figures);

} // namespace punctual::ui
