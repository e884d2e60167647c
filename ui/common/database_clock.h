// SPDX-License-Identifier: GPL-3.0-or-later
// The database's time as far as this window knows it: this machine's clock, corrected by the answers of
// the database. GUI thread only.
#pragma once

#include "core/clock.h"

namespace punctual::ui
{

class DatabaseClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return machineTime() + m_offset; }

    /// `databaseTime` has just arrived. It is as old as the way back took, so `now` stays behind.
    void synchronise(Instant databaseTime) { m_offset = databaseTime - machineTime(); }

private:
    [[nodiscard]] static Instant machineTime()
    {
        return std::chrono::floor<Duration>(std::chrono::system_clock::now());
    }

    Duration m_offset{};
};

} // namespace punctual::ui
