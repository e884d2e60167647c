// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token_bucket.h"

#include "core/limiter_time.h"

namespace punctual
{

// Nothing here leaves 64 bits: a million tokens of 31 days are 2.7e18.
TokenBucket::TokenBucket(qint64 limit, Duration per, qint64 burst, Duration validity)
    : m_limit(limit)
    , m_token(per.count())
    , m_validity(
          std::min(std::max(validityFor(per), validity), Duration((burst - 1) * m_token / (2 * limit))))
    , m_capacity(burst * m_token - limit * m_validity.count())
    , m_spacing(dividedUp(m_token, limit))
    , m_reach(reachFor(per))
{
}

qint64 TokenBucket::levelAfter(qint64 level, Duration elapsed) const
{
    if (level >= m_capacity || elapsed.count() > (m_capacity - level) / m_limit)
        return m_capacity;
    return level + std::max<qint64>(elapsed.count(), 0) * m_limit;
}

Duration TokenBucket::waitForOne(qint64 level) const
{
    return level >= m_token ? Duration{} : Duration(dividedUp(m_token - level, m_limit));
}

Grant TokenBucket::take(LimiterState& state, Instant now, int wanted) const
{
    if (wanted <= 0)
        return {};
    Instant present = now;
    qint64 level = m_capacity;
    if (state.size() == 2) {
        const Instant latest = instantOf(state[0]);
        present = presentAt(latest, now);
        level = levelAfter(state[1], present - latest); // nothing flows in while a clock goes back
    }

    Grant grant{.first = present, .validity = m_validity, .retryAt = {}};
    if (level >= m_token) {
        grant.permits = static_cast<int>(std::min<qint64>(wanted, level / m_token));
    } else if (const auto wait = waitForOne(level); wait <= m_reach) {
        grant.first += wait;
        grant.spacing = m_spacing;
        grant.permits = static_cast<int>(std::min<qint64>(wanted, 1 + (m_reach - wait) / m_spacing));
    }
    level -= grant.permits * m_token;
    if (grant.permits < wanted)
        grant.retryAt = std::max(present, present + waitForOne(level) - m_reach);
    state = {toMicroseconds(present), level};
    return grant;
}

} // namespace punctual
