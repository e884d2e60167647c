// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sliding_window.h"

#include "core/limiter_time.h"

namespace punctual
{

SlidingWindow::SlidingWindow(qint64 limit, Duration per)
    : m_limit(limit)
    , m_per(per)
    , m_guard(windowGuardFor(per))
{
}

SlidingWindow::Counters SlidingWindow::movedTo(Instant start, const Counters& last) const
{
    if (last.start == start)
        return last;
    if (last.start > start) // the clock was set back by more than a window
        return {start, m_limit, m_limit};
    return {start, 0, last.start + m_per == start ? last.current : 0};
}

Duration SlidingWindow::goneForOneMore(qint64 current, qint64 previous) const
{
    const qint64 room = m_limit - current - 1;
    if (room < 0)
        return m_per;
    if (previous <= room)
        return Duration{};
    return m_per - Duration(m_per.count() * room / previous);
}

Instant SlidingWindow::nextRoom(const Counters& counters) const
{
    const Duration open = m_per - m_guard;
    if (const auto gone = goneForOneMore(counters.current, counters.previous); gone < open)
        return counters.start + gone;
    const auto gone = goneForOneMore(0, counters.current);
    return counters.start + m_per + (gone < open ? gone : m_per);
}

Grant SlidingWindow::take(LimiterState& state, Instant now, int wanted) const
{
    if (wanted <= 0)
        return {};
    const bool known = state.size() == 4;
    const Instant present = known ? presentAt(instantOf(state[0]), now) : now;
    const Instant start = windowStart(present, m_per);
    Counters counters{.start = start};
    if (known) {
        const Counters last{instantOf(state[1]), state[2], state[3]};
        if (last.start > start && last.start - start <= m_per)
            return {.first = last.start, .retryAt = last.start};
        counters = movedTo(start, last);
    }

    Grant grant{.first = present, .validity = start + m_per - m_guard - present, .retryAt = {}};
    if (grant.validity > Duration{}) {
        const Duration covered = m_per - (present - start); // of the window before
        const qint64 weighted = dividedUp(counters.previous * covered.count(), m_per.count());
        grant.permits =
            static_cast<int>(std::clamp<qint64>(m_limit - counters.current - weighted, 0, wanted));
    }
    counters.current += grant.permits;
    if (grant.permits < wanted)
        grant.retryAt = std::max(present, nextRoom(counters));
    state = {toMicroseconds(present), toMicroseconds(start), counters.current, counters.previous};
    return grant;
}

} // namespace punctual
