// SPDX-License-Identifier: GPL-3.0-or-later
// How long before it is due a message is claimed, so that the round trip to the database is over when it
// may leave.
//
// The round trip counts from the moment the claim was wanted, which may be while the one before it was under
// way. Its mean and its mean deviation are smoothed as TCP smooths its own (Jacobson, "Congestion
// Avoidance and Control", SIGCOMM 1988: gains 1/8 and 1/4); the claim runs ahead by mean + 4 deviations, and
// by 25 ms at most: a claimed message cannot be cancelled any more.
#pragma once

#include "core/time.h"

#include <algorithm>
#include <cstdlib>

namespace punctual::runtime
{

class ClaimAhead
{
public:
    static constexpr Duration most = std::chrono::milliseconds(25);

    void observe(Duration roundTrip)
    {
        const Duration error = roundTrip - m_mean;
        m_mean += error / 8;
        m_deviation += (std::chrono::abs(error) - m_deviation) / 4;
    }

    [[nodiscard]] Duration roundTrip() const { return m_mean; }

    [[nodiscard]] Duration ahead() const
    {
        return std::clamp<Duration>(m_mean + 4 * m_deviation, std::chrono::milliseconds(1), most);
    }

private:
    Duration m_mean = std::chrono::milliseconds(2);
    Duration m_deviation = std::chrono::milliseconds(1);
};

} // namespace punctual::runtime
