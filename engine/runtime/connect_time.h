// SPDX-License-Identifier: GPL-3.0-or-later
// How long calls of one destination take from their permit to their first byte: next to nothing on a
// connection that is there, and what the network and TLS take on a new one.
//
// A pure class. Not thread-safe.
#pragma once

#include "core/time.h"

#include <algorithm>

namespace punctual::runtime
{

class ConnectTime
{
public:
    /// One call, at the moment when its connection was there.
    void note(Duration taken, Instant now)
    {
        taken = std::clamp<Duration>(taken, Duration{}, longest);
        m_typical += (taken - m_typical) / 8;
        if (taken > m_new)
            m_new = taken;
        else if (taken > m_new / 4) // less is no new connection
            m_new += (taken - m_new) / 4;
        m_notedAt = now;
    }

    /// Of late.
    [[nodiscard]] Duration typical() const { return m_typical; }

    /// How long a permit should last from now on. After a pause connections have to be made again.
    [[nodiscard]] Duration needed(Instant now) const
    {
        const bool isCold = m_notedAt + keptFor < now;
        return (isCold ? std::max(m_typical, m_new) : m_typical) * 3 / 2;
    }

private:
    static constexpr Duration longest = std::chrono::seconds(2);  // beyond it something was lost on the way
    static constexpr Duration keptFor = std::chrono::seconds(15); // an idle connection, by many third parties

    Duration m_typical{};
    Duration m_new{};
    Instant m_notedAt = Instant::max() - keptFor;
};

} // namespace punctual::runtime
