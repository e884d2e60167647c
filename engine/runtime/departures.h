// SPDX-License-Identifier: GPL-3.0-or-later
// Calls that need a permit, from the moment when they take it until they are over. A call leaves with a
// permit that holds at that very moment, or not at all: to make a connection may take longer than a permit
// lasts, and a call that left all the same would shift into a span of time that is full. A call that is still
// connecting when its permit runs out therefore needs another one, ahead of new calls.
//
// A pure class. Not thread-safe.
#pragma once

#include "runtime/connect_time.h"
#include "runtime/permits.h"

#include <list>

namespace punctual::runtime
{

class Departures
{
public:
    struct Call
    {
        Permit permit;
        Instant begunAt;
        bool hasLeft = false;
    };
    /// Good until end().
    using Ticket = std::list<Call>::iterator;

    [[nodiscard]] Ticket begin(const Permit& permit, Instant now)
    {
        return m_connecting.insert(m_connecting.end(), Call{.permit = permit, .begunAt = now});
    }

    /// Whether it leaves, right before its first byte. A connection that broke makes a second call of one.
    [[nodiscard]] bool leave(Ticket call, Permits& permits, Instant now)
    {
        if (!call->hasLeft)
            m_connectTime.note(now - call->begunAt, now);
        if (call->hasLeft || !permits.holds(call->permit, now)) {
            const auto another = permits.take(now);
            if (!another)
                return false;
            if (!call->hasLeft)
                permits.giveBack(call->permit);
            call->permit = *another;
        }
        if (!std::exchange(call->hasLeft, true))
            m_left.splice(m_left.end(), m_connecting, call);
        return true;
    }

    /// The call is over.
    void end(Ticket call, Permits& permits)
    {
        if (!call->hasLeft)
            permits.giveBack(call->permit);
        (call->hasLeft ? m_left : m_connecting).erase(call);
    }

    /// How many are still connecting and have no permit any more. Those that take far longer than others are
    /// given up: each of them would use up permit after permit.
    [[nodiscard]] int ranOut(const Permits& permits, Instant now) const
    {
        const Instant givenUp = now - std::max(leastPatience, 2 * m_connectTime.typical());
        int count = 0;
        for (const auto& call : m_connecting) {
            if (permits.holds(call.permit, now))
                break; // and so do those after it
            count += call.begunAt >= givenUp ? 1 : 0;
        }
        return count;
    }

    /// When the next one's permit runs out.
    [[nodiscard]] std::optional<Instant> expiry(Instant now) const
    {
        for (const auto& call : m_connecting)
            if (call.permit.end >= now)
                return call.permit.end;
        return std::nullopt;
    }

    [[nodiscard]] const ConnectTime& connectTime() const { return m_connectTime; }

private:
    static constexpr Duration leastPatience = std::chrono::milliseconds(500);

    std::list<Call> m_connecting; // in the order of begin()
    std::list<Call> m_left;
    ConnectTime m_connectTime;
};

} // namespace punctual::runtime
