// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/quota_panel.h"

#include "client/quota_now.h"
#include "ui/charts/time_chart.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"

#include <QComboBox>
#include <QLocale>

namespace punctual::ui
{

namespace
{

QPointF pointAt(Instant moment, qint64 value)
{
    return {static_cast<double>(toMicroseconds(moment)) / 1000, static_cast<double>(value)};
}

/// From now to the end of the period, at the pace so far.
TimeChart::Points forecastOf(const Destination& destination, const QuotaNow& quota, Instant now)
{
    if (quota.runsOutAt)
        return {pointAt(now, quota.used), pointAt(*quota.runsOutAt, quota.limit),
                pointAt(quota.resetsAt, quota.limit)};
    const Duration past = now - periodOf(*destination.quota, now).start;
    const double pace =
        past > Duration{} ? static_cast<double>(quota.used) / static_cast<double>(past.count()) : 0;
    const auto more = static_cast<qint64>(pace * static_cast<double>((quota.resetsAt - now).count()));
    return {pointAt(now, quota.used), pointAt(quota.resetsAt, quota.used + more)};
}

} // namespace

QuotaPanel::QuotaPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Quota"), QString(), parent)
    , m_zone(zone)
    , m_choice(new QComboBox)
    , m_chart(new TimeChart(tr("Calls of the quota"), tr("calls"),
                            {{tr("Used"), SeriesColor::Blue, Qt::SolidLine, true},
                             {tr("Limit"), SeriesColor::Vermilion, Qt::DotLine},
                             {tr("At this pace"), SeriesColor::Ochre, Qt::DashLine}},
                            Growth::Linear, zone))
{
    m_choice->setAccessibleName(tr("Destination of the quota"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addToHeading(m_choice);
    setContent(m_chart);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_chosen = m_choice->currentText();
        Q_EMIT destinationChosen();
    });
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until) {
        Q_EMIT messagesRequested({.destination = m_shown, .attemptedAfter = from, .attemptedBefore = until});
    });
}

void QuotaPanel::show(const Figures& figures)
{
    if (figures.steps.quotaOf != m_chosen)
        return; // another one was chosen meanwhile; it is asked for already
    m_shown = figures.quotaOf;
    fillChoice(figures);
    m_choice->setVisible(!m_shown.isEmpty());
    const auto shown = std::find_if(figures.destinations.begin(), figures.destinations.end(),
                                    [this](const Destination& d) { return d.name == m_shown; });
    if (shown != figures.destinations.end()) {
        showQuota(figures, *shown);
        return;
    }
    summary().clear();
    m_chart->show(figures.from, figures.until, figures.steps.step, {{}, {}, {}});
    m_chart->setNote(tr("No destination has a quota."));
}

void QuotaPanel::fillChoice(const Figures& figures)
{
    QStringList names;
    for (const auto& destination : figures.destinations)
        if (destination.quota)
            names << destination.name;
    QStringList known;
    for (int i = 0; i < m_choice->count(); ++i)
        known << m_choice->itemText(i);
    if (known != names) {
        m_choice->clear();
        m_choice->addItems(names);
    }
    m_choice->setCurrentText(m_shown);
}

void QuotaPanel::showQuota(const Figures& figures, const Destination& destination)
{
    const auto quota = quotaNow(destination, figures.now);
    if (!quota)
        return;
    TimeChart::Points used;
    for (const auto& minute : figures.quota)
        used.append(pointAt(minute.minute, minute.used));
    used.append(pointAt(figures.now, quota->used));
    const TimeChart::Points limit{pointAt(figures.quotaFrom, quota->limit),
                                  pointAt(quota->resetsAt, quota->limit)};
    m_chart->show(figures.quotaFrom, quota->resetsAt, figures.quotaStep,
                  {used, limit, forecastOf(destination, *quota, figures.now)});
    m_chart->setNote({});
    const QLocale locale;
    const QString use = tr("%1 of %2 calls, new at %3")
                            .arg(locale.toString(quota->used), locale.toString(quota->limit),
                                 clockText(quota->resetsAt, m_zone));
    summary().setTone(quota->used >= quota->limit ? Tone::Bad
                      : quota->runsOutAt          ? Tone::Warning
                                                  : Tone::Good);
    summary().setText(
        quota->used >= quota->limit ? tr("used up: %1").arg(use)
        : quota->runsOutAt
            ? tr("%1; used up at %2")
                  .arg(use, clockText(std::chrono::floor<std::chrono::seconds>(*quota->runsOutAt), m_zone))
            : tr("%1; it lasts").arg(use));
}

} // namespace punctual::ui
