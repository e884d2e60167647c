// SPDX-License-Identifier: GPL-3.0-or-later
// How late attempts left, against what one wants: so many of a hundred within so much time.
#pragma once

#include "ui/dashboard/chart_panel.h"

#include <QTimeZone>

namespace punctual::ui
{

class TimeChart;

class LatenessPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit LatenessPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;
    /// One of the bounds of a lateness histogram.
    void setObjective(Duration objective);

private:
    void showSummary(const DeliveryStatistics& sum);

    Duration m_objective = std::chrono::milliseconds(5);
    TimeChart* m_chart;
};

} // namespace punctual::ui
