// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/leaky_bucket.h"

namespace punctual
{

LeakyBucket::LeakyBucket(qint64 limit, Duration per, Duration reach, Duration validity)
    : m_validity(std::max(validityFor(per), validity))
    , m_spacing(dividedUp((per + m_validity).count(), limit))
    , m_reach(reach)
{
}

Grant LeakyBucket::take(LimiterState& state, Instant now, int wanted) const
{
    if (wanted <= 0)
        return {};
    Instant next = state.size() == 1 ? std::max(instantOf(state[0]), now) : now;
    // The clock was set back. Whatever was granted is over once `reach` has passed.
    if (next - now > m_reach + m_spacing + clockTolerance)
        next = now + m_reach + m_spacing;

    Grant grant{.first = next, .spacing = m_spacing, .validity = m_validity, .retryAt = {}};
    if (next - now <= m_reach)
        grant.permits = static_cast<int>(std::min<qint64>(wanted, 1 + (now + m_reach - next) / m_spacing));
    next += grant.permits * m_spacing;
    if (grant.permits < wanted)
        grant.retryAt = std::max(now, next - m_reach);
    state = {toMicroseconds(next)};
    return grant;
}

} // namespace punctual
