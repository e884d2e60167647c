// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/scale.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr std::array<Duration, 16> distances{10s, 30s, 1min, 2min, 5min, 10min, 15min,   30min,
                                             1h,  2h,  4h,   6h,   12h,  24h,   24h * 2, 24h * 5};

QString textOf(const QDateTime& local, Duration distance)
{
    if (distance >= 24h)
        //: A day in a chart, as in 1 Dec (QDateTime::toString)
        return QLocale().toString(local, QCoreApplication::translate("Scale", "d MMM"));
    return local.toString(distance < 1min ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace

Scale scaleFor(double most)
{
    Scale scale;
    const double wanted = std::max(most, 1e-3) / scale.steps;
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    constexpr std::array rounds{1.0, 2.0, 2.5, 5.0, 10.0};
    const auto* const round = std::find_if(rounds.begin(), rounds.end() - 1,
                                           [&](double r) { return r * decade >= wanted * (1 - 1e-9); });
    const double step = *round * decade;
    scale.most = step * scale.steps;
    scale.decimals =
        step >= 1 && step != 2.5 ? 0 : std::max(0, 1 - static_cast<int>(std::floor(std::log10(step))));
    if (step < 1 && *round != 2.5)
        --scale.decimals;
    return scale;
}

std::vector<TimeTick> timeTicks(Instant from, Instant until, const QTimeZone& zone)
{
    const Duration wanted = (until - from) / 8;
    const auto* const found = std::lower_bound(distances.begin(), distances.end() - 1, wanted);
    const Duration distance = *found;
    std::vector<TimeTick> ticks;
    Instant at = from;
    while (ticks.size() < 20) {
        // The next round reading of the clock: the offset may be another one there.
        const std::chrono::seconds offset(zone.offsetFromUtc(toDateTime(at)));
        const Duration reading = (at + offset).time_since_epoch();
        const Duration rest = reading % distance;
        Instant next = rest == Duration{} ? at : at + (distance - rest);
        next += offset - std::chrono::seconds(zone.offsetFromUtc(toDateTime(next)));
        if (next >= until)
            break;
        // The text of one at the very end would be cut.
        if (next >= from && next <= until - (until - from) / 25)
            ticks.push_back({next, textOf(toDateTime(next).toTimeZone(zone), distance)});
        at = std::max(next, at) + 1s;
    }
    return ticks;
}

} // namespace punctual::ui
