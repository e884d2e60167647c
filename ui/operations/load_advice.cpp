// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/load_advice.h"

#include "core/forecast.h"
#include "ui/common/time_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

struct LoadAdviceWords
{
    Q_DECLARE_TR_FUNCTIONS(LoadAdvice)
};

/// How many of them fall into this hour: they are spread evenly.
double partOf(const AddedLoad& added, Hour hour)
{
    const Instant end = added.begin + added.span;
    if (added.span <= Duration{})
        return hour <= added.begin && added.begin < hour + 1h ? static_cast<double>(added.count) : 0.0;
    const Duration inHour = std::min<Instant>(end, hour + 1h) - std::max<Instant>(added.begin, hour);
    return inHour <= Duration{} ? 0.0
                                : static_cast<double>(added.count) * static_cast<double>(inHour.count()) /
                                      static_cast<double>(added.span.count());
}

/// The hours that are filled, all together.
struct Filled
{
    double due = 0;
    double allowed = 0;
    bool isLimited = false;
    double left = 0;               // at most, at the end of an hour
    std::optional<Duration> delay; // of the last one; nothing: it is not gone within the forecast
};

/// How long after these hours the rest is gone: what has waited longest goes first.
std::optional<Duration> delayOf(double rest, std::vector<ForecastHour>::const_iterator from,
                                std::vector<ForecastHour>::const_iterator end)
{
    Duration delay{};
    for (; rest > 0 && from != end; ++from) {
        const double allowed = from->allowed ? static_cast<double>(*from->allowed) : rest;
        const double part = allowed >= rest ? rest / std::max(allowed, 1.0) : 1.0;
        delay += std::chrono::duration_cast<Duration>(part * std::chrono::duration<double>(1h));
        rest -= allowed;
    }
    return rest > 0 ? std::nullopt : std::optional(delay);
}

/// As forecast() in core does it: what may not leave in its hour waits for the next.
Filled fill(const Forecast& forecast, const AddedLoad& added)
{
    Filled filled;
    double waiting = 0;
    auto hour = forecast.hours.begin();
    for (; hour != forecast.hours.end() && hour->hour <= added.begin + added.span; ++hour) {
        const double load = waiting + static_cast<double>(hour->due) + partOf(added, hour->hour);
        waiting = hour->allowed ? std::max(0.0, load - static_cast<double>(*hour->allowed)) : 0.0;
        if (hour->hour + 1h <= added.begin)
            continue;
        filled.due += static_cast<double>(hour->due);
        filled.allowed += hour->allowed ? static_cast<double>(*hour->allowed) : 0.0;
        filled.isLimited = filled.isLimited || hour->allowed;
        filled.left = std::max(filled.left, waiting);
    }
    filled.delay = delayOf(waiting, hour, forecast.hours.end());
    return filled;
}

QString number(double value)
{
    return QLocale().toString(static_cast<qint64>(value + 0.5));
}

} // namespace

LoadText loadText(const Forecast& forecast, const AddedLoad& added, const QTimeZone& zone)
{
    const Instant end = added.begin + added.span;
    if (added.count <= 0 || forecast.hours.empty() || forecast.hours.back().hour + 1h <= end)
        return {};
    const auto filled = fill(forecast, added);
    const Hour first = std::chrono::floor<std::chrono::hours>(added.begin);
    const Hour last = std::chrono::floor<std::chrono::hours>(end) + 1h;
    QString text =
        LoadAdviceWords::tr("This fills %1 to %2 at %3: %4 are due there already, with these it is %5.")
            .arg(timeText(first, zone), clockText(last, zone), forecast.destination, number(filled.due),
                 number(filled.due + static_cast<double>(added.count)));
    if (!filled.isLimited)
        return {text + u' ' + LoadAdviceWords::tr("It has no limit in this time."), false};
    text += u' ' + LoadAdviceWords::tr("It allows %1.").arg(number(filled.allowed));
    if (filled.left < 0.5)
        return {text + u' ' + LoadAdviceWords::tr("There is room."), false};
    text += u' ' + LoadAdviceWords::tr("That is too much: up to %1 would be left over at the end of an hour.")
                       .arg(number(filled.left));
    if (!filled.delay)
        text += u' ' + LoadAdviceWords::tr("They are not all gone as far as the forecast looks.");
    else if (*filled.delay >= 1s)
        text +=
            u' ' + LoadAdviceWords::tr("The last would leave about %1 late.").arg(spanText(*filled.delay));
    return {text, true};
}

LoadAdvice::LoadAdvice(const Workspace& workspace, QWidget* parent)
    : ToneLabel(Tone::Neutral, parent)
    , m_workspace(workspace)
{
    setAccessibleName(tr("Load of the destination"));
    hide();
}

void LoadAdvice::clear()
{
    ++m_question;
    hide();
}

void LoadAdvice::show(const NewOperation& operation, qint64 count)
{
    clear();
    const QString destination =
        operation.destination.isEmpty() ? operation.filter.destination : operation.destination;
    const bool adds = operation.action == OperationAction::Replay ||
                      (operation.action == OperationAction::Reschedule && !operation.shift);
    if (!adds || destination.isEmpty() || count <= 0)
        return;
    const Instant now = m_workspace.clock.now();
    AddedLoad added{count, operation.dueAt.value_or(now + operation.delay.value_or(Duration{})),
                    operation.spread.value_or(Duration{})};
    if (operation.perSecond)
        added.span = std::max<Duration>(added.span, std::chrono::seconds(count / *operation.perSecond));
    const auto hours = std::chrono::ceil<std::chrono::hours>(added.begin + added.span - now) + 24h;
    m_workspace.client.forecasts(
        m_workspace.actor, destination, static_cast<int>(std::clamp(hours, 1h, longestForecast).count()),
        this, [this, question = m_question, added](const Result<std::vector<Forecast>>& answer) {
            if (question == m_question)
                take(answer, added);
        });
}

/// Without an answer there is no advice: the preview says what is wrong.
void LoadAdvice::take(const Result<std::vector<Forecast>>& answer, const AddedLoad& added)
{
    const auto load =
        answer && !answer->empty() ? loadText(answer->front(), added, m_workspace.zone) : LoadText{};
    setTone(load.isWarning ? Tone::Warning : Tone::Neutral);
    setText(load.text);
    setVisible(!load.text.isEmpty());
}

} // namespace punctual::ui
