// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/forecast_advice.h"

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

constexpr Duration noticeable = 1s;

struct ForecastAdviceWords
{
    Q_DECLARE_TR_FUNCTIONS(ForecastAdvice)
};

} // namespace

Advice adviceOf(const Forecast& forecast, Instant due, const QTimeZone& zone)
{
    const auto hour =
        std::find_if(forecast.hours.begin(), forecast.hours.end(),
                     [due](const ForecastHour& each) { return each.hour <= due && due < each.hour + 1h; });
    if (hour == forecast.hours.end() || (hour->due == 0 && hour->delay < noticeable))
        return {};
    const QString load =
        ForecastAdviceWords::tr("From %1 to %2 %3 has %n message(s) already", nullptr,
                                static_cast<int>(hour->due))
            .arg(clockText(hour->hour, zone), clockText(hour->hour + 1h, zone), forecast.destination);
    if (hour->delay < noticeable)
        return {load + ForecastAdviceWords::tr(": there is room for yours."), false};
    const auto free = std::find_if(hour, forecast.hours.end(), [](const ForecastHour& each) {
        return each.delay < noticeable && each.waiting == 0;
    });
    QString text =
        load + ForecastAdviceWords::tr(": yours would leave up to %1 late.").arg(spanText(hour->delay));
    if (free != forecast.hours.end())
        text += u' ' + ForecastAdviceWords::tr("There is room from %1 on.").arg(timeText(free->hour, zone));
    return {text, true};
}

ForecastAdvice::ForecastAdvice(const Workspace& workspace, QWidget* parent)
    : ToneLabel(Tone::Neutral, parent)
    , m_workspace(workspace)
{
    setAccessibleName(tr("Forecast for this time"));
    hide();
    m_timer.setSingleShot(true);
    m_timer.setInterval(400ms);
    connect(&m_timer, &QTimer::timeout, this, &ForecastAdvice::ask);
}

void ForecastAdvice::show(const QString& destination, std::optional<Instant> due)
{
    m_destination = destination;
    m_due = due;
    ++m_question;
    const Instant now = m_workspace.clock.now();
    if (destination.isEmpty() || !due || *due - now > longestForecast - 1h) {
        m_timer.stop();
        hide();
        return;
    }
    m_timer.start();
}

void ForecastAdvice::ask()
{
    const Duration ahead = std::max<Duration>(*m_due - m_workspace.clock.now(), 0s);
    const auto hours = static_cast<int>(
        std::min(std::chrono::ceil<std::chrono::hours>(ahead) + 24h, longestForecast).count());
    m_workspace.client.forecasts(m_workspace.actor, m_destination, hours, this,
                                 [this, question = m_question](const Result<std::vector<Forecast>>& answer) {
                                     if (question == m_question)
                                         take(answer);
                                 });
}

/// Without an answer there is no advice: scheduling says what is wrong.
void ForecastAdvice::take(const Result<std::vector<Forecast>>& answer)
{
    const auto advice =
        answer && !answer->empty() && m_due ? adviceOf(answer->front(), *m_due, m_workspace.zone) : Advice{};
    setTone(advice.isWarning ? Tone::Warning : Tone::Neutral);
    setText(advice.text);
    setVisible(!advice.text.isEmpty());
}

} // namespace punctual::ui
