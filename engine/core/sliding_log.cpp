// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sliding_log.h"

#include "core/limiter_time.h"

#include <numeric>

namespace punctual
{

SlidingLog::SlidingLog(qint64 limit, Duration per, Duration validity)
    : m_limit(limit)
    , m_validity(std::max(validityFor(per), validity))
    , m_stay(per + m_validity)
    , m_grain(per / 500)
{
}

Instant SlidingLog::rounded(Instant time) const
{
    return windowStart(time + m_grain - Duration(1), m_grain);
}

std::vector<SlidingLog::Entry> SlidingLog::read(const LimiterState& state, Instant present) const
{
    std::vector<Entry> entries;
    const Instant latest = rounded(present);
    for (std::size_t at = 1; at + 1 < state.size(); at += 2) {
        const Entry entry{std::min(instantOf(state[at]), latest), state[at + 1]};
        if (entry.time + m_stay <= present)
            continue;
        if (!entries.empty() && entries.back().time == entry.time)
            entries.back().count += entry.count;
        else
            entries.push_back(entry);
    }
    return entries;
}

Grant SlidingLog::take(LimiterState& state, Instant now, int wanted) const
{
    if (wanted <= 0)
        return {};
    const Instant present = state.empty() ? now : presentAt(instantOf(state[0]), now);
    auto entries = read(state, present);
    const qint64 taken = std::accumulate(entries.begin(), entries.end(), qint64{0},
                                         [](qint64 sum, const Entry& entry) { return sum + entry.count; });

    Grant grant{.first = present, .validity = m_validity, .retryAt = {}};
    grant.permits = static_cast<int>(std::clamp<qint64>(m_limit - taken, 0, wanted));
    if (grant.permits > 0) {
        const Instant time = rounded(present);
        if (entries.empty() || entries.back().time != time)
            entries.push_back({time, 0});
        entries.back().count += grant.permits;
    }
    if (grant.permits < wanted)
        grant.retryAt = entries.front().time + m_stay;

    state = {toMicroseconds(present)};
    for (const auto& entry : entries)
        state.insert(state.end(), {toMicroseconds(entry.time), entry.count});
    return grant;
}

} // namespace punctual
