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
constexpr Duration startableWithin = 50ms;
constexpr Duration claimWithin = 100ms; // a claimed message cannot be cancelled
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

int Lane::comingFree(Duration span, Duration time) const
{
    const double pace = time - m_windowStart > 2 * window ? 0 : m_perSecond;
    return std::min(mostAhead, static_cast<int>(std::lround(pace * seconds(span))));
}

int Lane::startable(Duration time) const
{
    return destination->maxConcurrency - inFlight + comingFree(startableWithin, time) / perCall();
}

int Lane::claimable(Duration roundTrip, Duration time, Instant now)
{
    // Eight round trips: the lane must not run empty while a claim is under way and the loop is busy with
    // sending.
    const Duration soon = std::clamp<Duration>(8 * roundTrip, claimLead, claimWithin);
    const int slots =
        (destination->maxConcurrency - inFlight) * perCall() + comingFree(soon, time) - unsentClaims();
    if (gate.permits.isFree()) {
        m_lacksPermits = false;
        return slots;
    }
    const int calls = gate.permits.usable(now, now + soon) + gate.spare - owedPermits(now);
    const int permitted = std::max(calls * perCall(), mayGather(now) ? perCall() : 0) - unsentClaims();
    m_lacksPermits = permitted < slots;
    return std::min(slots, permitted);
}

void Lane::noteAnswer(Duration time, int messages)
{
    m_answers += messages;
    const Duration passed = time - m_windowStart;
    if (passed < window)
        return;
    m_perSecond = passed > 2 * window ? 0 : m_answers / seconds(passed);
    m_answers = 0;
    m_windowStart = time;
}

/// The messages of a batch that is not full wait for others: its call takes a permit when it may leave.
bool Lane::mayGather(Instant now) const
{
    const bool waits = destination->batching && destination->batching->maxWait > Duration{};
    return waits && !gate.isShut(now) &&
           (!gate.askAgainAt || *gate.askAgainAt <= now + destination->batching->maxWait);
}

int Lane::callsSoon(int messages, Instant now) const
{
    if (!destination->batching || destination->batching->maxWait == Duration{})
        return (messages + perCall() - 1) / perCall();
    const auto at = callAt(now);
    const bool isDue = !claimed.empty() && (!at || *at <= now + claimLead);
    return std::max(messages / perCall(), isDue ? 1 : 0);
}

std::optional<Instant> Lane::callAt(Instant now) const
{
    if (!destination->batching || claimed.empty() || static_cast<int>(claimed.size()) >= perCall())
        return std::nullopt;
    // A clock that was set back does not make them wait for longer.
    const Instant at = std::min(claimed.front().queuedAt, now) + destination->batching->maxWait;
    return at > now ? std::optional(at) : std::nullopt;
}

Claimed Lane::takeOne()
{
    Claimed one = std::move(claimed.front());
    claimed.pop_front();
    return one;
}

std::vector<Claimed> Lane::takeBatch()
{
    std::vector<Claimed> batch;
    batch.push_back(takeOne());
    while (!claimed.empty() && static_cast<int>(batch.size()) < perCall() &&
           claimed.front().node.epoch == batch.front().node.epoch &&
           mayJoin(batch.front().claim.content, claimed.front().claim.content))
        batch.push_back(takeOne());
    return batch;
}

} // namespace punctual::runtime
