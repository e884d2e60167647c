// SPDX-License-Identifier: GPL-3.0-or-later
#include "model.h"

#include <algorithm>

namespace punctual::test
{

using namespace std::chrono_literals;

namespace
{

/// A node may claim a message so long before it is due.
constexpr Duration claimedAhead = 25ms;

bool isWaitingOrUnderWay(MessageState state)
{
    return isWaiting(state) || state == MessageState::Delivering;
}

} // namespace

void Model::schedule(const MessageId& id, Instant dueAt, std::optional<Duration> expiresAfter,
                     OnUnknown policy)
{
    m_known[id] = {dueAt, expiresAfter, policy, {MessageState::Scheduled}};
}

bool Model::cancel(const MessageId& id, MessageState answer, const Call& call)
{
    Known& known = m_known.at(id);
    States after;
    for (const auto state : possible(known, call.ended))
        after.insert(isWaiting(state) ? MessageState::Cancelled : state);
    return believe(known, after, answer);
}

bool Model::restore(const MessageId& id, MessageState answer, const Call& call)
{
    Known& known = m_known.at(id);
    States after;
    for (const auto state : possible(known, call.ended)) {
        if (state != MessageState::Cancelled || call.ended >= known.dueAt)
            after.insert(state);
        if (state == MessageState::Cancelled && call.begun < known.dueAt)
            after.insert(MessageState::Scheduled);
    }
    return believe(known, after, answer);
}

bool Model::resolve(const MessageId& id, MessageState wanted, MessageState answer, const Call& call)
{
    Known& known = m_known.at(id);
    States after;
    for (const auto state : possible(known, call.ended))
        after.insert(state == MessageState::Unknown ? wanted : state);
    return believe(known, after, answer);
}

bool Model::see(const MessageId& id, MessageState answer, Instant now)
{
    Known& known = m_known.at(id);
    return believe(known, possible(known, now), answer);
}

/// With what the nodes may have done by now.
Model::States Model::possible(const Known& known, Instant now)
{
    States states = known.states;
    const bool moving = std::any_of(states.begin(), states.end(), isWaitingOrUnderWay);
    if (!moving || now < known.dueAt - claimedAhead)
        return states;
    states.insert(
        {MessageState::Delivering, MessageState::Delivered, MessageState::Retrying, MessageState::Dead});
    if (known.policy == OnUnknown::Hold)
        states.insert(MessageState::Unknown);
    if (known.expiresAfter && now >= known.dueAt + *known.expiresAfter)
        states.insert(MessageState::Expired);
    return states;
}

bool Model::believe(Known& known, const States& possible, MessageState answer)
{
    const bool expected = possible.contains(answer);
    known.states = {answer};
    return expected;
}

} // namespace punctual::test
