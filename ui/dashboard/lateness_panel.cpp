// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/lateness_panel.h"

#include "ui/charts/time_chart.h"
#include "ui/common/tone_label.h"
#include "ui/dashboard/figure_points.h"

#include <QLocale>

namespace punctual::ui
{

namespace
{

constexpr double objectiveShare = 0.99;

double inMilliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

TimeChart::Points percentiles(const Figures& figures, double share)
{
    TimeChart::Points points;
    for (const auto& point : figures.points)
        if (point.deliveries.attempts > 0)
            points.append({static_cast<double>(toMicroseconds(point.start)) / 1000,
                           inMilliseconds(point.deliveries.percentile(share))});
    return points;
}

/// Of all attempts, 0 to 1.
double shareWithin(const DeliveryStatistics& sum, Duration bound)
{
    qint64 within = 0;
    for (std::size_t i = 0; i < LatenessHistogram::bounds.size(); ++i)
        if (LatenessHistogram::bounds[i] <= bound.count())
            within += sum.histogram.counts()[i];
    return static_cast<double>(within) / static_cast<double>(sum.attempts);
}

} // namespace

LatenessPanel::LatenessPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Lateness"), tr("ms"), parent)
    , m_chart(new TimeChart(tr("Lateness in milliseconds"), tr("ms"),
                            {{tr("Half of them (p50)"), SeriesColor::Green, Qt::DashLine},
                             {tr("99 of 100 (p99)"), SeriesColor::Blue},
                             {tr("Objective"), SeriesColor::Vermilion, Qt::DotLine}},
                            Growth::Logarithmic, zone))
{
    setContent(m_chart);
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until) {
        Q_EMIT messagesRequested({.attemptedAfter = from, .attemptedBefore = until});
    });
}

void LatenessPanel::setObjective(Duration objective)
{
    m_objective = objective;
}

void LatenessPanel::show(const Figures& figures)
{
    const auto line = pointsOf(figures, [this](const FigurePoint&) { return inMilliseconds(m_objective); });
    m_chart->show(figures.from, figures.until, figures.steps.step,
                  {percentiles(figures, 0.5), percentiles(figures, 0.99), line});
    const auto sum = sumOf(figures);
    m_chart->setNote(sum.attempts == 0 ? tr("Nothing was sent in this time.") : QString());
    showSummary(sum);
}

/// How many may be later than the objective, and how many of these were.
void LatenessPanel::showSummary(const DeliveryStatistics& sum)
{
    if (sum.attempts == 0) {
        summary().clear();
        return;
    }
    const double share = shareWithin(sum, m_objective);
    const double spent = (1 - share) / (1 - objectiveShare);
    const QLocale locale;
    summary().setTone(spent <= 1 ? Tone::Good : Tone::Bad);
    summary().setText(tr("%1 % within %2 ms, %3 % of the error budget used")
                          .arg(locale.toString(share * 100, 'f', 2),
                               locale.toString(inMilliseconds(m_objective), 'g', 4),
                               locale.toString(spent * 100, 'f', 0)));
}

} // namespace punctual::ui
