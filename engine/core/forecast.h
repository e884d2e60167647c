// SPDX-License-Identifier: GPL-3.0-or-later
// What is scheduled against what a destination allows, hour by hour: how many are due, how many may leave,
// how long the others wait, and when the quota runs out.
//
// A pure function. It lets a fluid run through the hours: within one, messages are taken to be spread evenly.
#pragma once

#include "core/quota.h"
#include "core/rate_limit.h"

#include <QJsonObject>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace punctual
{

using Hour = std::chrono::sys_time<std::chrono::hours>;

/// No forecast looks farther.
inline constexpr auto longestForecast = std::chrono::hours(240);

/// What is known of one destination at this moment.
struct ForecastInput
{
    QString destination;
    Instant now;
    std::map<Hour, qint64> due; // of waiting messages; what was due before counts in the present hour
    std::optional<RateLimit> rateLimit;
    std::optional<Quota> quota;
    qint64 quotaUsed = 0;    // of the period that runs now
    int messagesPerCall = 1; // of a batch at most: limits count calls
    int hours = 24;
};

struct ForecastHour
{
    Hour hour;
    qint64 due = 0;
    std::optional<qint64> allowed; // nothing: no rule of the destination limits it
    qint64 waiting = 0;            // left over at the hour's end
    Duration delay{}; // of the last one that is due in this hour; at most to the end of the forecast
};

struct Forecast
{
    QString destination;
    std::vector<ForecastHour> hours;
    std::optional<Instant> quotaRunsOutAt; // within the hours that were asked for
};

[[nodiscard]] Forecast forecast(const ForecastInput& input);

/// The rate in messages a second that a limit comes to.
[[nodiscard]] double perSecond(const RateLimit& limit);

[[nodiscard]] QJsonObject toJson(const Forecast& forecast);

} // namespace punctual
