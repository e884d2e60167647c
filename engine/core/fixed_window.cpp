// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fixed_window.h"

#include "core/limiter_time.h"

namespace punctual
{

FixedWindow::FixedWindow(qint64 limit, Duration per)
    : m_limit(limit)
    , m_per(per)
    , m_guard(windowGuardFor(per))
{
}

Grant FixedWindow::take(LimiterState& state, Instant now, int wanted) const
{
    if (wanted <= 0)
        return {};
    const bool known = state.size() == 3;
    const Instant present = known ? presentAt(instantOf(state[0]), now) : now;
    const Instant start = windowStart(present, m_per);
    qint64 used = 0;
    if (known) {
        const Instant last = instantOf(state[1]);
        if (last > start && last - start <= m_per) // the clock was set back
            return {.first = last, .retryAt = last};
        if (last > start)
            used = m_limit;
        else if (last == start)
            used = state[2];
    }

    Grant grant{.first = present, .validity = start + m_per - m_guard - present, .retryAt = {}};
    if (grant.validity > Duration{})
        grant.permits = static_cast<int>(std::clamp<qint64>(m_limit - used, 0, wanted));
    if (grant.permits < wanted)
        grant.retryAt = start + m_per;
    state = {toMicroseconds(present), toMicroseconds(start), used + grant.permits};
    return grant;
}

} // namespace punctual
