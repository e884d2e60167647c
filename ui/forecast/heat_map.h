// SPDX-License-Identifier: GPL-3.0-or-later
// The hours of all destinations as coloured cells. Arrow keys walk them, Enter and a click choose one.
#pragma once

#include <QTableView>
#include <QTimeZone>

namespace punctual::ui
{

class ForecastModel;
class HourHeader;

class HeatMap : public QTableView
{
    Q_OBJECT

public:
    /// `model` outlives it.
    HeatMap(ForecastModel& model, const QTimeZone& zone, QWidget* parent = nullptr);

Q_SIGNALS:
    void cellReached(const QModelIndex& index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void fit();

    ForecastModel& m_model;
    HourHeader* m_hours;
};

} // namespace punctual::ui
