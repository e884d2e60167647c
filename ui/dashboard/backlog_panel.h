// SPDX-License-Identifier: GPL-3.0-or-later
// What is due already, and what will be due hour by hour.
#pragma once

#include "ui/dashboard/chart_panel.h"

#include <QTimeZone>

namespace punctual::ui
{

class TimeChart;

class BacklogPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit BacklogPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;

private:
    TimeChart* m_chart;
};

} // namespace punctual::ui
