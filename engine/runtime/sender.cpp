// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/sender.h"

#include "delivery/echo.h"

#include <algorithm>

namespace punctual::runtime
{

namespace
{

store::AttemptRecord recordOf(const store::Claim& claim, const store::NodeKey& node, const Exchange& exchange,
                              const NextStep& next)
{
    return {.attempt = {.message = claim.id,
                        .number = claim.attempt,
                        .node = node.id,
                        .outcome = judge(exchange),
                        .status = exchange.status,
                        .error = exchange.error,
                        .response = exchange.response,
                        .startedAt = exchange.startedAt,
                        .finishedAt = exchange.endedAt,
                        .lateness = std::max(exchange.startedAt - claim.plannedAt, Duration{})},
            .state = next.state,
            .nextAttemptAt = exchange.endedAt + next.delay};
}

} // namespace

Sender::Sender(const DatabaseClock& clock, OutcomeWriter& writer, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_writer(writer)
    , m_http(clock)
    , m_wakeUp(clock)
    , m_random(QRandomGenerator::securelySeeded())
{
    connect(&m_wakeUp, &WakeUp::due, this, &Sender::sendDue);
}

void Sender::take(Lane& lane, const store::NodeKey& node, store::Claim claim)
{
    m_claims.insert(claim.id);
    if (claim.plannedAt <= m_clock.now()) {
        send(lane, node, std::move(claim));
        return;
    }
    ++lane.early;
    const Instant due = claim.plannedAt;
    m_early.add(due, {&lane, node, std::move(claim)});
    if (m_early.nextDue() == due)
        m_wakeUp.at(due);
}

void Sender::sendDue()
{
    for (auto& early : m_early.take(m_clock.now())) {
        --early.lane->early;
        send(*early.lane, early.node, std::move(early.claim));
    }
    m_wakeUp.at(m_early.nextDue());
}

void Sender::send(Lane& lane, const store::NodeKey& node, store::Claim claim)
{
    if (lane.hasSlot())
        start(lane, node, std::move(claim));
    else
        lane.claimed.push_back(std::move(claim));
}

void Sender::start(Lane& lane, const store::NodeKey& node, store::Claim claim)
{
    ++lane.inFlight;
    const Instant now = m_clock.now();
    if (now + lane.destination->timeout > claim.deadline) {
        // It waited too long for a slot, or this machine slept: by the deadline another node may send it.
        end(lane, node, claim,
            {.ending = Exchange::Ending::NotSent,
             .error = QStringLiteral("its claim was too old to be sent"),
             .startedAt = now,
             .endedAt = now});
        return;
    }
    delivery::Request request{lane.destination, claim.id, claim.attempt, claim.dueAt,
                              std::move(claim.content)};
    if (lane.destination->builtIn) {
        end(lane, node, claim, delivery::echo(request, m_clock.now()));
        return;
    }
    m_http.deliver(std::move(request), [this, &lane, node, claim = std::move(claim)](
                                           const Exchange& exchange) { end(lane, node, claim, exchange); });
}

void Sender::end(Lane& lane, const store::NodeKey& node, const store::Claim& claim, const Exchange& exchange)
{
    --lane.inFlight;
    lane.noteAnswer(DatabaseClock::sinceBoot());
    const auto& destination = *lane.destination;
    const NextStep next = nextStep(exchange, claim.attempt, claim.maxAttempts, destination.retry,
                                   destination.onUnknown, m_random.generateDouble());
    m_writer.add(node, recordOf(claim, node, exchange, next));
    m_claims.remove(claim.id);
    if (!lane.claimed.empty() && lane.hasSlot()) {
        auto waiting = std::move(lane.claimed.front());
        lane.claimed.pop_front();
        start(lane, node, std::move(waiting));
    }
    Q_EMIT ended();
}

} // namespace punctual::runtime
