// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/lane.h"

#include <algorithm>
#include <cmath>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration window = 100ms;
constexpr int mostAhead = 500;

double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

Lane::Lane(DestinationBook::Entry entry)
    : destination(std::move(entry))
{
}

int Lane::claimable(Duration roundTrip, Duration now) const
{
    const int busy = inFlight + claiming + early + static_cast<int>(claimed.size());
    // A slot has to be free now, or come free soon: three round trips hide the claim and the turn of the
    // loop.
    const double pace = now - m_windowStart > 2 * window ? 0 : m_perSecond;
    const double soon = pace * seconds(3 * std::max<Duration>(roundTrip, 2ms));
    return destination->maxConcurrency + std::min(mostAhead, static_cast<int>(std::lround(soon))) - busy;
}

void Lane::noteAnswer(Duration time)
{
    ++m_answers;
    const Duration passed = time - m_windowStart;
    if (passed < window)
        return;
    m_perSecond = passed > 2 * window ? 0 : m_answers / seconds(passed);
    m_answers = 0;
    m_windowStart = time;
}

} // namespace punctual::runtime
