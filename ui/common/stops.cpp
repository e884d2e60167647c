// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/stops.h"

#include "client/quota_now.h"

#include <QCoreApplication>

namespace punctual::ui
{

namespace
{

struct StopsWords
{
    Q_DECLARE_TR_FUNCTIONS(Stops)
};

QString pauseCause(const Pause& pause)
{
    if (pause.by.isEmpty())
        return pause.reason;
    return pause.reason.isEmpty() ? StopsWords::tr("by %1").arg(pause.by)
                                  : StopsWords::tr("%1 (by %2)").arg(pause.reason, pause.by);
}

void addBreaker(std::vector<Stop>& stops, const Destination& destination, Instant now)
{
    const LaneStatus& lane = destination.lane;
    if (!destination.circuitBreaker || !lane.breaker || *lane.breaker == BreakerState::Closed)
        return;
    const bool isOpen = *lane.breaker == BreakerState::Open && lane.breakerUntil && *lane.breakerUntil > now;
    stops.push_back({destination.name, isOpen ? Stop::Kind::BreakerOpen : Stop::Kind::BreakerTrying,
                     lane.breakerCause, isOpen ? lane.breakerUntil : std::nullopt});
}

} // namespace

std::vector<Stop> stopsOf(const Destination& destination, Instant now)
{
    std::vector<Stop> stops;
    const LaneStatus& lane = destination.lane;
    if (destination.isPaused(now))
        stops.push_back(
            {destination.name, Stop::Kind::Paused, pauseCause(*destination.pause), destination.pause->until});
    if (!destination.credentials.unreadable.isEmpty())
        stops.push_back(
            {destination.name, Stop::Kind::Locked, destination.credentials.unreadable, std::nullopt});
    addBreaker(stops, destination, now);
    if (lane.heldUntil && *lane.heldUntil > now)
        stops.push_back({destination.name, Stop::Kind::Held, lane.heldBecause, lane.heldUntil});
    if (const auto quota = quotaNow(destination, now); quota && quota->used >= quota->limit)
        stops.push_back({destination.name, Stop::Kind::QuotaUsed,
                         StopsWords::tr("%L1 of %L2 calls are used").arg(quota->used).arg(quota->limit),
                         quota->resetsAt});
    return stops;
}

QString stopName(Stop::Kind kind)
{
    switch (kind) {
    case Stop::Kind::Paused:
        return StopsWords::tr("Paused");
    case Stop::Kind::Locked:
        return StopsWords::tr("Secrets unreadable");
    case Stop::Kind::BreakerOpen:
        return StopsWords::tr("Breaker open");
    case Stop::Kind::BreakerTrying:
        return StopsWords::tr("Breaker: being tried");
    case Stop::Kind::Held:
        return StopsWords::tr("Held by the third party");
    case Stop::Kind::QuotaUsed:
        return StopsWords::tr("Quota used up");
    }
    Q_UNREACHABLE();
}

Tone toneOf(Stop::Kind kind)
{
    switch (kind) {
    case Stop::Kind::Locked:
    case Stop::Kind::BreakerOpen:
        return Tone::Bad;
    case Stop::Kind::Paused:
    case Stop::Kind::BreakerTrying:
    case Stop::Kind::Held:
    case Stop::Kind::QuotaUsed:
        return Tone::Warning;
    }
    Q_UNREACHABLE();
}

} // namespace punctual::ui
