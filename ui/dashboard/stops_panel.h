// SPDX-License-Identifier: GPL-3.0-or-later
// Which destinations stand still, why, and until when.
#pragma once

#include "ui/dashboard/chart_panel.h"
#include "ui/dashboard/stop_model.h"

class QStackedLayout;
class QTableView;

namespace punctual::ui
{

class StopsPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit StopsPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;

private:
    StopModel m_model;
    QTableView* m_table;
    QLabel* m_none;
    QStackedLayout* m_looks;
};

} // namespace punctual::ui
