// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/destination_health.h"

#include "ui/common/stops.h"

#include <QCoreApplication>
#include <QLocale>

namespace punctual::ui
{

namespace
{

struct DestinationHealthWords
{
    Q_DECLARE_TR_FUNCTIONS(DestinationHealth)
};

constexpr double many = 0.5;
constexpr double some = 0.05;

} // namespace

DestinationHealth healthOf(const DestinationFigures& figures, Instant now)
{
    const auto stops = stopsOf(figures.destination, now);
    if (!stops.empty())
        return {stopName(stops.front().kind), toneOf(stops.front().kind), stops.front().cause};
    const auto& lately = figures.lately;
    if (lately.attempts == 0)
        return {DestinationHealthWords::tr("Idle"), Tone::Neutral,
                DestinationHealthWords::tr("Nothing was sent there in five minutes.")};
    const double failed = 1 - static_cast<double>(lately.delivered) / static_cast<double>(lately.attempts);
    const QString detail = DestinationHealthWords::tr("%1 % of the attempts of five minutes did not deliver.")
                               .arg(QLocale().toString(failed * 100, 'f', 1));
    if (failed >= many)
        return {DestinationHealthWords::tr("Failing"), Tone::Bad, detail};
    if (failed >= some)
        return {DestinationHealthWords::tr("Some fail"), Tone::Warning, detail};
    return {DestinationHealthWords::tr("Good"), Tone::Good, detail};
}

QString breakerText(const Destination& destination, Instant now)
{
    if (!destination.circuitBreaker)
        return DestinationHealthWords::tr("none");
    const LaneStatus& lane = destination.lane;
    if (!lane.breaker || *lane.breaker == BreakerState::Closed)
        return DestinationHealthWords::tr("closed");
    const bool isOpen = *lane.breaker == BreakerState::Open && lane.breakerUntil && *lane.breakerUntil > now;
    return isOpen ? DestinationHealthWords::tr("open") : DestinationHealthWords::tr("half open");
}

} // namespace punctual::ui
