// SPDX-License-Identifier: GPL-3.0-or-later
// Why attempts had to be repeated.
#pragma once

#include "ui/dashboard/chart_panel.h"

#include <QTimeZone>

namespace punctual::ui
{

class TimeChart;

class CausesPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit CausesPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;

private:
    TimeChart* m_chart;
};

} // namespace punctual::ui
