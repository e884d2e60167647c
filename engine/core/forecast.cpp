// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

/// The state of the queue as time goes on.
struct Queue
{
    double waiting = 0;
    double left = 0;  // of the quota, in messages
    Instant quotaEnd; // of its period
};

/// Lets time run to `until` with this many arriving; gives how many might have gone.
double run(const ForecastInput& input, Queue& queue, Instant from, Instant until, double arriving,
           std::optional<Instant>& ranOutAt)
{
    queue.waiting += arriving;
    double most = input.rateLimit
                      ? perSecond(*input.rateLimit) * input.messagesPerCall * seconds(until - from)
                      : std::numeric_limits<double>::infinity();
    if (input.quota)
        most = std::min(most, queue.left);
    const double sent = std::min(queue.waiting, most);
    if (input.quota && queue.left <= sent && queue.waiting > sent && !ranOutAt)
        ranOutAt = from + std::chrono::duration_cast<Duration>((until - from) * (queue.left / queue.waiting));
    queue.waiting -= sent;
    queue.left -= sent;
    return most;
}

/// How long it takes to let `count` go, from the hour at `next` on.
Duration timeFor(double count, const std::vector<ForecastHour>& hours, std::size_t next)
{
    Duration time{};
    for (; count >= 1 && next < hours.size(); ++next) {
        const auto room = static_cast<double>(hours[next].allowed.value_or(0));
        const double share = room > count ? count / room : 1;
        time += std::chrono::duration_cast<Duration>(share * std::chrono::duration<double>(1h));
        count -= room;
    }
    return time;
}

} // namespace

double perSecond(const RateLimit& limit)
{
    return static_cast<double>(limit.limit) / seconds(limit.per);
}

Forecast forecast(const ForecastInput& input)
{
    Forecast result{input.destination, {}, {}};
    Queue queue;
    if (input.quota) {
        queue.quotaEnd = periodOf(*input.quota, input.now).end;
        queue.left =
            std::max(0.0, static_cast<double>(input.quota->limit - input.quotaUsed)) * input.messagesPerCall;
    }
    const Hour first = std::chrono::floor<std::chrono::hours>(input.now);
    for (int i = 0; i < input.hours; ++i) {
        ForecastHour hour;
        hour.hour = first + std::chrono::hours(i);
        for (const auto& [time, count] : input.due)
            if (time == hour.hour || (i == 0 && time < hour.hour))
                hour.due += count;
        const Instant end = hour.hour + 1h;
        const Instant start = std::max<Instant>(hour.hour, input.now);
        double allowed = 0;
        for (Instant from = start; from < end;) {
            if (input.quota && queue.quotaEnd <= from) {
                queue.quotaEnd = periodOf(*input.quota, from).end;
                queue.left = static_cast<double>(input.quota->limit) * input.messagesPerCall;
            }
            const Instant until = input.quota ? std::min(end, queue.quotaEnd) : end;
            const double share = seconds(until - from) / seconds(end - start);
            allowed +=
                run(input, queue, from, until, share * static_cast<double>(hour.due), result.quotaRunsOutAt);
            from = until;
        }
        if (std::isfinite(allowed))
            hour.allowed = static_cast<qint64>(allowed + 0.001);
        hour.waiting = static_cast<qint64>(queue.waiting + 0.001);
        result.hours.push_back(hour);
    }
    for (std::size_t i = 0; i < result.hours.size(); ++i)
        result.hours[i].delay = timeFor(static_cast<double>(result.hours[i].waiting), result.hours, i + 1);
    return result;
}

QJsonObject toJson(const Forecast& forecast)
{
    QJsonArray hours;
    for (const auto& hour : forecast.hours)
        hours.append(QJsonObject{
            {QStringLiteral("hour"), toRfc3339(hour.hour)},
            {QStringLiteral("due"), hour.due},
            {QStringLiteral("allowed"), hour.allowed ? QJsonValue(*hour.allowed) : QJsonValue()},
            {QStringLiteral("waiting"), hour.waiting},
            {QStringLiteral("expected_delay_ms"), toMilliseconds(hour.delay)},
        });
    return {
        {QStringLiteral("destination"), forecast.destination},
        {QStringLiteral("quota_runs_out_at"),
         forecast.quotaRunsOutAt ? QJsonValue(toRfc3339(*forecast.quotaRunsOutAt)) : QJsonValue()},
        {QStringLiteral("hours"), hours},
    };
}

} // namespace punctual
