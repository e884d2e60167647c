// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/database_clock.h"

#include <time.h>

#include <algorithm>

namespace punctual::runtime
{

DatabaseClock::DatabaseClock(Passed passed)
    : m_passed(std::move(passed))
{
}

Duration DatabaseClock::sinceBoot()
{
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::duration_cast<Duration>(std::chrono::seconds(time.tv_sec) +
                                                std::chrono::nanoseconds(time.tv_nsec));
}

void DatabaseClock::observe(Instant databaseTime, Duration askedAt, Duration answeredAt)
{
    if (!m_offsets.empty() && m_offset > databaseTime - askedAt)
        m_offsets.clear();
    m_offsets.push_back(databaseTime - answeredAt);
    if (m_offsets.size() > keptSamples)
        m_offsets.pop_front();
    m_offset = *std::max_element(m_offsets.begin(), m_offsets.end());
}

void DatabaseClock::correct(Instant databaseTime, Duration askedAt, Duration answeredAt)
{
    if (!isSet() || m_offset > databaseTime - askedAt || m_offset < databaseTime - answeredAt)
        observe(databaseTime, askedAt, answeredAt);
}

std::optional<Duration> DatabaseClock::offsetOfMachine() const
{
    if (!isSet())
        return std::nullopt;
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()) - now();
}

Instant DatabaseClock::now() const
{
    if (!isSet())
        return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    return m_offset + m_passed();
}

} // namespace punctual::runtime
