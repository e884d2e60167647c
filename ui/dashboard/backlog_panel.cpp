// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/backlog_panel.h"

#include "ui/charts/time_chart.h"
#include "ui/common/tone_label.h"

#include <QLocale>

namespace punctual::ui
{

using namespace std::chrono_literals;

BacklogPanel::BacklogPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Backlog by hour"), tr("messages"), parent)
    , m_chart(new TimeChart(tr("Messages due in the next hours"), tr("messages"),
                            {{tr("Due in this hour"), SeriesColor::Purple, Qt::SolidLine, true}},
                            Growth::Linear, zone))
{
    setContent(m_chart);
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until) {
        Q_EMIT messagesRequested({.states = {MessageState::Scheduled, MessageState::Retrying},
                                  .dueAfter = from,
                                  .dueBefore = until});
    });
}

void BacklogPanel::show(const Figures& figures)
{
    const auto& backlog = figures.backlog;
    TimeChart::Points steps;
    qint64 ahead = 0;
    for (const auto& hour : backlog.hours) {
        const auto count = static_cast<double>(hour.count);
        const double x = static_cast<double>(toMicroseconds(hour.hour)) / 1000;
        steps.append({x, count});
        steps.append({x + 3'599'999, count}); // flat to its end
        ahead += hour.count;
    }
    const Instant from = backlog.hours.front().hour;
    m_chart->show(from, backlog.hours.back().hour + 1h, 1h, {steps});
    m_chart->setNote(ahead == 0 ? tr("Nothing is due in these hours.") : QString());
    const QLocale locale;
    const QString due = locale.toString(backlog.due);
    const QString hours = QString::number(backlog.hours.size());
    summary().setTone(backlog.due > 0 ? Tone::Waiting : Tone::Neutral);
    summary().setText(
        tr("%1 due now; %2 in %3 hours")
            .arg(backlog.dueIsAtLeast ? tr("more than %1").arg(due) : due,
                 backlog.isEstimate ? tr("about %1").arg(locale.toString(ahead)) : locale.toString(ahead),
                 hours));
}

} // namespace punctual::ui
