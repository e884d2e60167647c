// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/figure_points.h"

namespace punctual::ui
{

double perSecond(const Figures& figures, const FigurePoint& point, qint64 count)
{
    const Duration length = std::min(figures.steps.step, figures.until - point.start);
    return static_cast<double>(count) / std::chrono::duration<double>(length).count();
}

DeliveryStatistics sumOf(const Figures& figures)
{
    DeliveryStatistics sum;
    for (const auto& point : figures.points)
        sum.add(point.deliveries);
    return sum;
}

} // namespace punctual::ui
