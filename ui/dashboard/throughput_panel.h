// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second: delivered, to be tried again, dead.
#pragma once

#include "ui/dashboard/chart_panel.h"

#include <QTimeZone>

namespace punctual::ui
{

class TimeChart;

class ThroughputPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit ThroughputPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;

private:
    TimeChart* m_chart;
};

} // namespace punctual::ui
