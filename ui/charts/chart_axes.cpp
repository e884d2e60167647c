// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_axes.h"

#include "ui/charts/scale.h"
#include "ui/charts/series_color.h"

#include <QPalette>
#include <QPen>
#include <QtCharts/QAbstractSeries>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QLogValueAxis>

#include <algorithm>
#include <cmath>

namespace punctual::ui
{

namespace
{

constexpr double leastLogarithmic = 0.1;
constexpr double leastEndLogarithmic = 100;

QAbstractAxis* makeValues(Growth growth)
{
    if (growth == Growth::Linear)
        return new QValueAxis;
    auto* values = new QLogValueAxis;
    values->setBase(10);
    return values;
}

} // namespace

double toX(Instant moment)
{
    return static_cast<double>(toMicroseconds(moment)) / 1000;
}

ChartAxes::ChartAxes(QChart& chart, Growth growth, const QTimeZone& zone)
    : m_growth(growth)
    , m_zone(zone)
    , m_time(new QCategoryAxis)
    , m_values(makeValues(growth))
{
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->setTruncateLabels(false);
    chart.addAxis(m_time, Qt::AlignBottom);
    chart.addAxis(m_values, Qt::AlignLeft);
}

void ChartAxes::attach(QAbstractSeries& series) const
{
    series.attachAxis(m_time);
    series.attachAxis(m_values);
}

void ChartAxes::applyPalette(const QPalette& palette) const
{
    const QColor text = palette.color(QPalette::Text);
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_time), m_values}) {
        axis->setLabelsColor(text);
        axis->setLinePen(QPen(gridColor(palette)));
        axis->setGridLinePen(QPen(gridColor(palette)));
    }
}

double ChartAxes::least() const
{
    return m_growth == Growth::Logarithmic ? leastLogarithmic : 0;
}

void ChartAxes::setRange(Instant from, Instant until, double most)
{
    setValues(most);
    setTimes(from, until);
}

void ChartAxes::setValues(double most)
{
    const Scale scale = scaleFor(most > 0 ? most : 1);
    const double end =
        m_growth == Growth::Linear
            ? scale.most
            : std::max(leastEndLogarithmic, std::pow(10, std::ceil(std::log10(std::max(most, 1.0)))));
    if (end == m_most)
        return;
    m_most = end;
    m_values->setRange(least(), end);
    // The format comes last: it makes the chart find the room anew that the labels need.
    if (auto* values = qobject_cast<QValueAxis*>(m_values)) {
        values->setTickCount(scale.steps + 1);
        values->setLabelFormat(QStringLiteral("%.%1f").arg(scale.decimals));
    } else if (auto* decades = qobject_cast<QLogValueAxis*>(m_values)) {
        decades->setLabelFormat(QStringLiteral("%.1f"));
    }
}

void ChartAxes::setTimes(Instant from, Instant until)
{
    const auto ticks = timeTicks(from, until, m_zone);
    std::vector<QString> texts;
    texts.reserve(ticks.size());
    for (const auto& tick : ticks)
        texts.push_back(tick.text);
    if (texts != m_ticks) {
        for (const auto& text : m_ticks)
            m_time->remove(text);
        m_time->setStartValue(0);
        for (const auto& tick : ticks)
            m_time->append(tick.text, toX(tick.at));
        m_ticks = std::move(texts);
    }
    m_time->setRange(toX(from), toX(until));
}

} // namespace punctual::ui
