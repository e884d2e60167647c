// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/causes_panel.h"

#include "ui/charts/time_chart.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/dashboard/figure_points.h"

#include <QLocale>

namespace punctual::ui
{

namespace
{

constexpr std::size_t stepsAPoint = 5; // steps that make a point

/// In the order of the causes.
std::vector<TimeChart::Line> lines()
{
    using enum AttemptResult;
    return {{resultName(TooManyRequests), SeriesColor::Ochre, Qt::DashLine},
            {resultName(ServerError), SeriesColor::Vermilion},
            {resultName(OtherAnswer), SeriesColor::Green, Qt::DashDotLine},
            {resultName(NoConnection), SeriesColor::Purple},
            {resultName(NoAnswer), SeriesColor::Blue, Qt::DotLine}};
}

} // namespace

CausesPanel::CausesPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Retries by cause"), tr("a second"), parent)
    , m_chart(new TimeChart(tr("Retries by cause, a second"), tr("a second"), lines(), Growth::Linear, zone))
{
    setContent(m_chart);
    connect(m_chart, &TimeChart::chosen, this, [this](Instant from, Instant until, int line) {
        MessageFilter filter{.attemptedAfter = from, .attemptedBefore = until, .results = repeatedResults()};
        if (line >= 0)
            filter.results = {allAttemptResults.at(static_cast<std::size_t>(line))};
        Q_EMIT messagesRequested(filter);
    });
}

void CausesPanel::show(const Figures& figures)
{
    std::vector<TimeChart::Points> lines(retryCauses);
    qint64 all = 0;
    const Duration step = static_cast<int>(stepsAPoint) * figures.steps.step;
    // Five lines of as many points as there are seconds would hide one another.
    for (std::size_t first = 0; first < figures.points.size(); first += stepsAPoint) {
        CauseCounts counts{};
        const std::size_t end = std::min(first + stepsAPoint, figures.points.size());
        for (std::size_t i = first; i < end; ++i)
            for (std::size_t cause = 0; cause < retryCauses; ++cause)
                counts[cause] += figures.points[i].causes[cause];
        const Instant start = figures.points[first].start;
        const Duration length = std::min(figures.until - start, step);
        for (std::size_t cause = 0; cause < retryCauses; ++cause) {
            all += counts[cause];
            lines[cause].append(
                {static_cast<double>(toMicroseconds(start)) / 1000,
                 static_cast<double>(counts[cause]) / std::chrono::duration<double>(length).count()});
        }
    }
    m_chart->show(figures.from, figures.until, step, std::move(lines));
    m_chart->setNote(all == 0 ? tr("No attempt had to be repeated.") : QString());
    summary().setTone(all > 0 ? Tone::Warning : Tone::Neutral);
    summary().setText(tr("%n failed attempt(s)", nullptr, static_cast<int>(std::min<qint64>(all, INT_MAX))));
}

} // namespace punctual::ui
