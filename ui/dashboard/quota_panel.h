// SPDX-License-Identifier: GPL-3.0-or-later
// The quota of one destination: what is used of it in this period, what is allowed, and where this pace leads
// until it begins anew.
#pragma once

#include "ui/dashboard/chart_panel.h"

#include <QTimeZone>

class QComboBox;

namespace punctual::ui
{

class TimeChart;

class QuotaPanel : public ChartPanel
{
    Q_OBJECT

public:
    explicit QuotaPanel(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const Figures& figures) override;

    /// That the person chose; empty before that.
    [[nodiscard]] QString destination() const { return m_chosen; }

Q_SIGNALS:
    void destinationChosen();

private:
    void fillChoice(const Figures& figures);
    void showQuota(const Figures& figures, const Destination& destination);

    QTimeZone m_zone;
    QString m_chosen;
    QString m_shown;
    QComboBox* m_choice;
    TimeChart* m_chart;
};

} // namespace punctual::ui
