// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/sender.h"

#include "delivery/echo.h"

#include <algorithm>

namespace punctual::runtime
{

namespace
{

store::AttemptRecord recordOf(const Destination& destination, const Claimed& claimed,
                              const Exchange& exchange, const NextStep& next)
{
    const auto& claim = claimed.claim;
    return {.attempt = {.message = claim.id,
                        .number = claim.attempt,
                        .node = claimed.node.id,
                        .outcome = judge(exchange, destination.retry),
                        .status = exchange.status,
                        .error = exchange.error,
                        .response = exchange.response,
                        .startedAt = exchange.startedAt,
                        .finishedAt = exchange.endedAt,
                        // From its due time, though it may have stood behind another one of its key.
                        .lateness = std::max(exchange.startedAt -
                                                 (claim.attempt == 1 ? std::min(claim.dueAt, claim.plannedAt)
                                                                     : claim.plannedAt),
                                             Duration{})},
            .state = next.state,
            .nextAttemptAt = exchange.endedAt + next.delay,
            .destination = destination.name,
            .key = claim.key};
}

} // namespace

Sender::Sender(const DatabaseClock& clock, const ShardKeeper& keeper, OutcomeWriter& writer,
               Statistics& statistics, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_keeper(keeper)
    , m_writer(writer)
    , m_statistics(statistics)
    , m_http(clock)
    , m_wakeUp(clock)
    , m_random(QRandomGenerator::securelySeeded())
{
    connect(&m_wakeUp, &WakeUp::due, this, &Sender::sendDue);
}

void Sender::take(Lane& lane, Claimed claimed)
{
    m_claims.insert(claimed.claim.id);
    const Instant planned = claimed.claim.plannedAt;
    if (planned <= m_clock.now()) {
        lane.claimed.push_back(std::move(claimed));
        pump(lane);
        return;
    }
    ++lane.early;
    m_early.add(planned, {&lane, std::move(claimed)});
    if (m_early.nextDue() == planned)
        arm();
}

void Sender::sendDue()
{
    const Instant now = m_clock.now();
    for (auto& early : m_early.take(now)) {
        --early.lane->early;
        early.claimed.journey.reach(LatenessPart::Bucket, now);
        early.lane->claimed.push_back(std::move(early.claimed));
        pump(*early.lane);
    }
    for (auto* lane : m_permitted.take(now)) {
        lane->awaitsPermit = false;
        pump(*lane);
    }
    arm();
}

void Sender::arm()
{
    auto next = m_early.nextDue();
    if (const auto permitted = m_permitted.nextDue(); permitted && (!next || *permitted < *next))
        next = permitted;
    m_wakeUp.at(next);
}

void Sender::pump(Lane& lane)
{
    if (lane.isPumping) // an exchange that ended at once: the loop below goes on
        return;
    lane.isPumping = true;
    while (!lane.claimed.empty() && lane.hasSlot() && lane.gate.permits.take(m_clock.now())) {
        auto claimed = std::move(lane.claimed.front());
        lane.claimed.pop_front();
        start(lane, std::move(claimed));
    }
    lane.isPumping = false;
    const auto next = lane.gate.permits.next();
    if (!lane.claimed.empty() && lane.hasSlot() && next && !lane.awaitsPermit) {
        lane.awaitsPermit = true;
        m_permitted.add(*next, &lane);
        arm();
    }
}

void Sender::giveUp(Lane& lane)
{
    for (const auto& claimed : std::exchange(lane.claimed, {})) {
        m_claims.remove(claimed.claim.id);
        Q_EMIT outdated(claimed.claim.id);
    }
}

bool Sender::isCurrent(qint64 epoch) const
{
    return m_keeper.holdsLease() && m_keeper.node().epoch == epoch;
}

void Sender::start(Lane& lane, Claimed claimed)
{
    ++lane.inFlight;
    const Instant now = m_clock.now();
    claimed.journey.reach(lane.lacksPermits() ? LatenessPart::Quota : LatenessPart::Slot, now);
    const qint64 epoch = claimed.node.epoch;
    if (!isCurrent(epoch) || now + lane.destination->timeout > claimed.claim.deadline) {
        end(lane, claimed, {.ending = Exchange::Ending::Outdated, .startedAt = now, .endedAt = now});
        return;
    }
    delivery::Request request{.destination = lane.destination,
                              .id = claimed.claim.id,
                              .attempt = claimed.claim.attempt,
                              .dueAt = claimed.claim.dueAt,
                              .content = std::move(claimed.claim.content),
                              .mayStart = [this, epoch] { return isCurrent(epoch); }};
    if (lane.destination->builtIn) {
        end(lane, claimed, delivery::echo(request, m_clock.now()));
        return;
    }
    m_http.deliver(std::move(request),
                   [this, &lane, claimed = std::move(claimed)](const Exchange& exchange) mutable {
                       end(lane, claimed, exchange);
                   });
}

void Sender::end(Lane& lane, Claimed& claimed, const Exchange& exchange)
{
    --lane.inFlight;
    lane.noteAnswer(DatabaseClock::sinceBoot());
    m_claims.remove(claimed.claim.id);
    if (exchange.ending == Exchange::Ending::Outdated)
        Q_EMIT outdated(claimed.claim.id);
    else
        write(lane, claimed, exchange);
    Q_EMIT observed(lane, exchange);
    pump(lane);
    Q_EMIT ended();
}

void Sender::write(const Lane& lane, Claimed& claimed, const Exchange& exchange)
{
    const auto& destination = *lane.destination;
    const NextStep next =
        nextStep(exchange, claimed.claim.attempt, claimed.claim.maxAttempts, destination.retry,
                 destination.onUnknown, m_random.generateDouble(), claimed.claim.dueAt);
    if (next.pauseDestination)
        Q_EMIT stopped(destination.name, exchange.status);
    auto record = recordOf(destination, claimed, exchange, next);
    claimed.journey.reach(LatenessPart::Connection, exchange.startedAt);
    m_statistics.add(destination.name, record, claimed.journey.parts());
    m_writer.add(claimed.node, std::move(record));
}

} // namespace punctual::runtime
