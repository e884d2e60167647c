// SPDX-License-Identifier: GPL-3.0-or-later
// A clock that only moves when a test moves it. Any thread.
#pragma once

#include "core/clock.h"

#include <atomic>

namespace punctual::test
{

class ManualClock final : public Clock
{
public:
    explicit ManualClock(Instant now = Instant{std::chrono::sys_days{std::chrono::December / 1 / 2026}})
        : m_microseconds(toMicroseconds(now))
    {
    }

    [[nodiscard]] Instant now() const override { return instantOf(m_microseconds.load()); }

    void set(Instant now) { m_microseconds = toMicroseconds(now); }
    void advance(Duration by) { m_microseconds += by.count(); }

private:
    std::atomic<qint64> m_microseconds;
};

} // namespace punctual::test
