// SPDX-License-Identifier: GPL-3.0-or-later
// The days and, where there is room, the hours above columns that are too narrow for a text of their own.
#pragma once

#include <QHeaderView>
#include <QTimeZone>

namespace punctual::ui
{

class ForecastModel;

class HourHeader : public QHeaderView
{
    Q_OBJECT

public:
    HourHeader(const ForecastModel& model, const QTimeZone& zone, QWidget* parent = nullptr);

    /// Shares the width among the hours so that days are as wide as one another. The view has to be painted
    /// again after it.
    void fit(int width);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintDay(QPainter& painter, int first, int end) const;
    void paintHours(QPainter& painter) const;
    [[nodiscard]] QDateTime localTime(int column) const;
    [[nodiscard]] int left(int column) const;

    const ForecastModel& m_model;
    QTimeZone m_zone;
};

} // namespace punctual::ui
