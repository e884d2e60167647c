// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/causes_panel.h"

#include "ui/charts/time_chart.h"
#include "ui/common/tone_label.h"
#include "ui/dashboard/figure_points.h"

#include <QLocale>

namespace punctual::ui
{

CausesPanel::CausesPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Retries by cause"), parent)
    , m_chart(new TimeChart(tr("Retries by cause, a second"), tr("a second"),
                            {{tr("Too many requests (429)"), SeriesColor::Ochre, Qt::DashLine},
                             {tr("Server error (5xx)"), SeriesColor::Vermilion},
                             {tr("Other answer"), SeriesColor::Green, Qt::DashDotLine},
                             {tr("No connection"), SeriesColor::Purple},
                             {tr("No answer"), SeriesColor::Blue, Qt::DotLine}},
                            Growth::Linear, zone))
{
    setContent(m_chart);
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until) {
        Q_EMIT messagesRequested({.dueAfter = from, .dueBefore = until});
    });
}

void CausesPanel::show(const Figures& figures)
{
    std::vector<TimeChart::Points> lines;
    qint64 all = 0;
    for (std::size_t cause = 0; cause < retryCauses; ++cause)
        lines.push_back(pointsOf(figures, [&](const FigurePoint& point) {
            all += point.causes[cause];
            return perSecond(figures, point, point.causes[cause]);
        }));
    m_chart->show(figures.from, figures.until, figures.steps.step, std::move(lines));
    m_chart->setNote(all == 0 ? tr("No attempt had to be repeated.") : QString());
    summary().setTone(all > 0 ? Tone::Warning : Tone::Neutral);
    summary().setText(
        tr("%n failed attempt(s); a second", nullptr, static_cast<int>(std::min<qint64>(all, INT_MAX))));
}

} // namespace punctual::ui
