// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/time_range.h"

#include <QCoreApplication>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

struct TimeRangeWords
{
    Q_DECLARE_TR_FUNCTIONS(TimeRange)
};

} // namespace

const std::array<TimeRange, 6> timeRanges{{
    {5min, 1s, 1s},
    {1h, 12s, 5s},
    {6h, 2min, 15s},
    {24h, 5min, 30s},
    {24h * 7, 1h, 1min},
    {24h * 30, 3h, 5min},
}};

QString rangeName(const TimeRange& range)
{
    if (range.span < 1h)
        return TimeRangeWords::tr("%n minute(s)", nullptr, static_cast<int>(range.span / 1min));
    if (range.span <= 24h)
        return TimeRangeWords::tr("%n hour(s)", nullptr, static_cast<int>(range.span / 1h));
    return TimeRangeWords::tr("%n day(s)", nullptr, static_cast<int>(range.span / 24h));
}

} // namespace punctual::ui
