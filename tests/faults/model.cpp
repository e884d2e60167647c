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

} // namespace

void Model::schedule(const MessageId& id, Instant dueAt, std::optional<Duration> expiresAfter,
                     OnUnknown policy)
{
    m_known[id] = {dueAt, dueAt, expiresAfter, policy, {MessageState::Scheduled}};
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
    if (wanted == MessageState::Retrying)
        known.plannedAt = std::min(known.plannedAt, call.begun);
    return believe(known, after, answer);
}

bool Model::reschedule(const MessageId& id, Instant dueAt, const Rescheduled& answer, const Call& call)
{
    Known& known = m_known.at(id);
    States after;
    for (const auto state : possible(known, call.ended))
        if (isWaiting(state) == answer.moved)
            after.insert(state);
    if (answer.moved)
        known.dueAt = known.plannedAt = std::max(dueAt, call.begun);
    return answer.state && believe(known, after, *answer.state);
}

bool Model::see(const MessageId& id, MessageState answer, Instant now)
{
    Known& known = m_known.at(id);
    return believe(known, possible(known, now), answer);
}

void Model::settle(Instant now)
{
    for (auto& [id, known] : m_known)
        known.states = possible(known, now);
}

/// With what the nodes may have done by now. What is under way ends by itself, whatever the clock shows.
Model::States Model::possible(const Known& known, Instant now)
{
    States states = known.states;
    const bool waiting = std::any_of(states.begin(), states.end(), isWaiting);
    const bool underWay =
        states.contains(MessageState::Delivering) || (waiting && now >= known.plannedAt - claimedAhead);
    if (underWay)
        states.insert(
            {MessageState::Delivering, MessageState::Delivered, MessageState::Retrying, MessageState::Dead});
    if (underWay && known.policy == OnUnknown::Hold)
        states.insert(MessageState::Unknown);
    if ((waiting || underWay) && known.expiresAfter && now >= known.dueAt + *known.expiresAfter)
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
