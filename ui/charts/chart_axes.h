// SPDX-License-Identifier: GPL-3.0-or-later
// The two axes of a chart over time: round times of a zone below, round values at the left. Changed only
// where something changes, for a change of an axis lays the whole chart out anew.
#pragma once

#include "core/time.h"

#include <QTimeZone>
#include <QtCharts/QAbstractAxis>
#include <QtCharts/QChart>

#include <vector>

class QCategoryAxis;
class QPalette;

namespace punctual::ui
{

enum class Growth { Linear, Logarithmic };

/// Where a moment stands on the axis of time: milliseconds since 1970.
[[nodiscard]] double toX(Instant moment);

class ChartAxes
{
public:
    /// The axes belong to `chart`.
    ChartAxes(QChart& chart, Growth growth, const QTimeZone& zone);

    void attach(QAbstractSeries& series) const;
    void applyPalette(const QPalette& palette) const;

    /// `most` is the greatest value to be seen.
    void setRange(Instant from, Instant until, double most);

    /// The value at the lower end; what is less cannot be shown.
    [[nodiscard]] double least() const;
    [[nodiscard]] double most() const { return m_most; }

private:
    void setValues(double most);
    void setTimes(Instant from, Instant until);

    Growth m_growth;
    QTimeZone m_zone;
    QCategoryAxis* m_time;
    QAbstractAxis* m_values;
    std::vector<QString> m_ticks;
    double m_most = 0;
};

} // namespace punctual::ui
