// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/quota_now.h"

namespace punctual
{

std::optional<QuotaNow> quotaNow(const Destination& destination, Instant now)
{
    if (!destination.quota)
        return std::nullopt;
    QuotaUse use{periodOf(*destination.quota, now), 0};
    const LaneStatus& lane = destination.lane;
    if (lane.quotaResetsAt && *lane.quotaResetsAt > now) // else it was counted in a period that is over
        use.used = lane.quotaUsed.value_or(0);
    QuotaNow quota{destination.quota->limit, use.used, use.period.end, {}};
    if (const auto left = timeLeftAtThisPace(*destination.quota, use, now))
        quota.runsOutAt = now + *left;
    return quota;
}

} // namespace punctual
