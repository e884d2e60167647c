// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/throughput_panel.h"

#include "ui/charts/time_chart.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/dashboard/figure_points.h"

#include <QLocale>

namespace punctual::ui
{

namespace
{

enum Line { delivered, retried, dead };

} // namespace

ThroughputPanel::ThroughputPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Throughput"), tr("messages a second"), parent)
    , m_chart(new TimeChart(tr("Throughput, messages a second"), tr("a second"),
                            {{tr("Delivered"), SeriesColor::Blue, Qt::SolidLine, true},
                             {tr("To be retried"), SeriesColor::Purple, Qt::DashLine},
                             {tr("Dead"), SeriesColor::Vermilion}},
                            Growth::Linear, zone))
{
    setContent(m_chart);
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until, int line) {
        MessageFilter filter{.attemptedAfter = from, .attemptedBefore = until};
        if (line == delivered)
            filter.results = {AttemptResult::Delivered};
        if (line == retried)
            filter.results = repeatedResults();
        if (line == dead)
            filter.states = {MessageState::Dead};
        Q_EMIT messagesRequested(filter);
    });
}

void ThroughputPanel::show(const Figures& figures)
{
    const auto rate = [&figures](qint64 DeliveryStatistics::*count) {
        return pointsOf(figures, [&figures, count](const FigurePoint& point) {
            return perSecond(figures, point, point.deliveries.*count);
        });
    };
    m_chart->show(figures.from, figures.until, figures.steps.step,
                  {rate(&DeliveryStatistics::delivered), rate(&DeliveryStatistics::retrying),
                   rate(&DeliveryStatistics::dead)});
    const auto sum = sumOf(figures);
    m_chart->setNote(sum.attempts == 0 ? tr("Nothing was sent in this time.") : QString());
    summary().setTone(sum.dead > 0 ? Tone::Warning : Tone::Neutral);
    const QLocale locale;
    summary().setText(
        tr("%1 delivered, %2 to be retried, %3 dead")
            .arg(locale.toString(sum.delivered), locale.toString(sum.retrying), locale.toString(sum.dead)));
    summary().setToolTip(summary().text()); // millions may need more room than there is
}

} // namespace punctual::ui
