// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/sender.h"

#include "core/retry_policy_json.h"
#include "delivery/echo.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration patienceWithPermits = 1s; // of what is claimed
constexpr Duration lookAgainAfter = 1ms;     // for a permit, at the earliest

/// The destination's with the parts that the message has of its own, if it has any.
std::optional<RetryPolicy> ownRetryOf(const Destination& destination, const store::Claim& claim)
{
    if (claim.retry.isEmpty())
        return std::nullopt;
    return overlaid(destination.retry, QJsonDocument::fromJson(claim.retry).object())
        .value_or(destination.retry);
}

bool isTooOld(const Destination& destination, const store::Claim& claim, Instant now)
{
    const auto own = ownRetryOf(destination, claim);
    const auto& maxAge = own ? own->maxAge : destination.retry.maxAge;
    return maxAge && now > claim.dueAt + *maxAge;
}

store::AttemptRecord recordOf(const QString& destination, const Claimed& claimed, const Exchange& exchange,
                              Outcome outcome, const NextStep& next)
{
    const auto& claim = claimed.claim;
    return {.attempt = {.message = claim.id,
                        .number = claim.attempt,
                        .node = claimed.node.id,
                        .outcome = outcome,
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
            .destination = destination,
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
        queue(lane, std::move(claimed));
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
        queue(*early.lane, std::move(early.claimed));
        pump(*early.lane);
    }
    for (auto* lane : m_later.take(now)) {
        lane->awaitedAt.reset();
        pump(*lane);
    }
    arm();
}

void Sender::arm()
{
    auto next = m_early.nextDue();
    if (const auto later = m_later.nextDue(); later && (!next || *later < *next))
        next = later;
    m_wakeUp.at(next);
}

void Sender::pump(Lane& lane)
{
    if (lane.isPumping) // an exchange that ended at once: the loop below goes on
        return;
    lane.isPumping = true;
    std::optional<Instant> later;
    while (!lane.claimed.empty() && lane.hasSlot()) {
        const Instant now = m_clock.now();
        if (lane.destination->isPaused(now) || lane.gate.isShut(now)) {
            giveUp(lane);
            break;
        }
        if (!check(lane, lane.claimed.front(), now)) {
            lane.claimed.pop_front();
            continue;
        }
        later = lane.callAt(now);
        if (later)
            break;
        const auto permit = lane.mayBegin(now) ? lane.gate.permits.take(now) : std::nullopt;
        if (!permit) {
            later = waitForPermit(lane, now);
            break;
        }
        if (lane.destination->batching &&
            mayJoin(lane.claimed.front().claim.content, lane.claimed.front().claim.content))
            startBatch(lane, lane.takeBatch(), *permit);
        else
            startOne(lane, lane.takeOne(), *permit);
    }
    lane.isPumping = false;
    if (later && (!lane.awaitedAt || *later < *lane.awaitedAt)) {
        lane.awaitedAt = later;
        m_later.add(*later, &lane);
        arm();
    }
}

/// What is claimed and has no permit soon is given back, so that it can be cancelled. Gives when to look
/// again.
std::optional<Instant> Sender::waitForPermit(Lane& lane, Instant now)
{
    const Duration wait = lane.destination->batching ? lane.destination->batching->maxWait : Duration{};
    const Instant patience = std::min(lane.claimed.front().queuedAt, now) + wait + patienceWithPermits;
    if (patience <= now) {
        giveUp(lane);
        return std::nullopt;
    }
    Q_EMIT starved();
    const Instant next = lane.gate.permits.next().value_or(patience);
    return std::min(std::max(next, now + lookAgainAfter), patience); // there may be one that is spoken for
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

Sender::Ticket Sender::beginCall(Lane& lane, const Permit& permit) const
{
    ++lane.inFlight;
    return permit.isFree() ? std::nullopt : Ticket(lane.departures.begin(permit, m_clock.now()));
}

/// Asked when a connection is there, right before the first byte: what keeps a lane keeps those that are
/// still connecting too, and what they need may have run out meanwhile.
bool Sender::mayLeave(Lane& lane, qint64 epoch, const Ticket& ticket) const
{
    const Instant now = m_clock.now();
    auto& permits = lane.gate.permits;
    if (!isCurrent(epoch) || lane.destination->isPaused(now) || lane.gate.isShut(now))
        return false;
    if (ticket)
        return lane.departures.leave(*ticket, permits, now);
    return permits.take(now).has_value(); // free ones, unless the rules have changed meanwhile
}

void Sender::queue(Lane& lane, Claimed claimed)
{
    claimed.queuedAt = m_clock.now();
    lane.claimed.push_back(std::move(claimed));
}

/// Whether it may leave now: its claim is this node's and lasts long enough, and all of it could be read. If
/// not, it is over with here: it is given back, or this attempt has failed.
bool Sender::check(const Lane& lane, Claimed& claimed, Instant now)
{
    claimed.journey.reach(lane.lacksPermits() ? LatenessPart::Quota : LatenessPart::Slot, now);
    if (isCurrent(claimed.node.epoch) && now + lane.destination->timeout <= claimed.claim.deadline) {
        const QString problem = isTooOld(*lane.destination, claimed.claim, now)
                                    ? QStringLiteral("it waited for longer than it is to be tried")
                                    : claimed.claim.unreadable;
        if (problem.isEmpty())
            return true;
        finish(lane, claimed,
               {.ending = Exchange::Ending::NotSent, .error = problem, .startedAt = now, .endedAt = now});
        return false;
    }
    finish(lane, claimed, {.ending = Exchange::Ending::Outdated, .startedAt = now, .endedAt = now});
    return false;
}

void Sender::startOne(Lane& lane, Claimed claimed, const Permit& permit)
{
    const qint64 epoch = claimed.node.epoch;
    const Ticket ticket = beginCall(lane, permit);
    delivery::Request request{
        .destination = lane.destination,
        .id = claimed.claim.id,
        .attempt = claimed.claim.attempt,
        .dueAt = claimed.claim.dueAt,
        .content = std::move(claimed.claim.content),
        .mayStart = [this, &lane, epoch, ticket] { return mayLeave(lane, epoch, ticket); }};
    const auto end = [this, &lane, ticket](Claimed& sent, const Exchange& exchange) {
        finish(lane, sent, exchange);
        endCall(lane, ticket, exchange, 1);
    };
    if (lane.destination->builtIn) {
        if (ticket) // there was no connection to wait for
            (void)lane.departures.leave(*ticket, lane.gate.permits, m_clock.now());
        end(claimed, delivery::echo(request, m_clock.now()));
        return;
    }
    m_http.deliver(std::move(request), [end, claimed = std::move(claimed)](const Exchange& exchange) mutable {
        end(claimed, exchange);
    });
}

void Sender::startBatch(Lane& lane, std::vector<Claimed> batch, const Permit& permit)
{
    const Instant now = m_clock.now();
    std::erase_if(batch, [&](Claimed& claimed) { return !check(lane, claimed, now); });
    delivery::Request request{.destination = lane.destination, .id = {}, .dueAt = now, .content = {}};
    while (!batch.empty()) {
        std::vector<Content> contents;
        contents.reserve(batch.size());
        for (const auto& claimed : batch)
            contents.push_back(claimed.claim.content);
        auto content = joined(*lane.destination->batching, contents);
        if (content) {
            request.content = std::move(*content);
            break;
        }
        refuseUnfit(lane, batch, content.error(), now);
    }
    if (batch.empty()) {
        lane.gate.permits.giveBack(permit);
        return;
    }
    request.batch.reserve(batch.size());
    for (auto& claimed : batch) {
        request.batch.push_back(claimed.claim.id);
        request.dueAt = std::min(request.dueAt, claimed.claim.dueAt);
        request.attempt = std::max(request.attempt, claimed.claim.attempt);
        claimed.claim.content = {};
    }
    const Ticket ticket = beginCall(lane, permit);
    request.mayStart = [this, &lane, epoch = batch.front().node.epoch, ticket] {
        return mayLeave(lane, epoch, ticket);
    };
    m_http.deliver(std::move(request),
                   [this, &lane, ticket, batch = std::move(batch)](const Exchange& exchange) mutable {
                       const auto parts = split(exchange, batch.size());
                       const double random = m_random.generateDouble();
                       for (std::size_t i = 0; i < batch.size(); ++i)
                           finish(lane, batch[i], parts[i], random);
                       endCall(lane, ticket, exchange, static_cast<int>(batch.size()));
                   });
}

/// Takes those out of a batch that cannot be in one: they are refused for good.
void Sender::refuseUnfit(const Lane& lane, std::vector<Claimed>& batch, const Error& error, Instant now)
{
    std::vector<Claimed> fit;
    fit.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto field =
            std::find_if(error.fields.begin(), error.fields.end(), [i](const FieldError& candidate) {
                return candidate.pointer == QStringLiteral("/%1").arg(i);
            });
        if (field == error.fields.end() && !error.fields.empty())
            fit.push_back(std::move(batch[i]));
        else
            finish(lane, batch[i],
                   {.ending = Exchange::Ending::NotAllowed,
                    .error = field != error.fields.end() ? QStringLiteral("The body %1").arg(field->detail)
                                                         : error.detail,
                    .startedAt = now,
                    .endedAt = now});
    }
    batch = std::move(fit);
}

/// What one message came to. `random` is the jitter of its next attempt: those of a batch have the same, so
/// that they are in one batch again, with the same idempotency key.
void Sender::finish(const Lane& lane, Claimed& claimed, const Exchange& exchange,
                    std::optional<double> random)
{
    m_claims.remove(claimed.claim.id);
    if (exchange.ending == Exchange::Ending::Outdated)
        Q_EMIT outdated(claimed.claim.id);
    else
        write(lane, claimed, exchange, random ? *random : m_random.generateDouble());
}

/// A call is over, of one message or of a batch.
void Sender::endCall(Lane& lane, const Ticket& ticket, const Exchange& exchange, int messages)
{
    if (ticket)
        lane.departures.end(*ticket, lane.gate.permits);
    --lane.inFlight;
    if (exchange.ending != Exchange::Ending::Outdated)
        lane.noteAnswer(DatabaseClock::sinceBoot(), messages);
    Q_EMIT observed(lane, exchange);
    pump(lane);
    Q_EMIT ended();
}

void Sender::write(const Lane& lane, Claimed& claimed, const Exchange& exchange, double random)
{
    const auto& destination = *lane.destination;
    const auto own = ownRetryOf(destination, claimed.claim);
    const RetryPolicy& retry = own ? *own : destination.retry;
    const NextStep next = nextStep(exchange, claimed.claim.attempt, claimed.claim.maxAttempts, retry,
                                   destination.onUnknown, random, claimed.claim.dueAt);
    if (next.pauseDestination)
        Q_EMIT stopped(destination.name, exchange.status);
    auto record = recordOf(destination.name, claimed, exchange, judge(exchange, retry), next);
    claimed.journey.reach(LatenessPart::Connection, exchange.startedAt);
    m_statistics.add(destination.name, record, claimed.journey.parts());
    m_writer.add(claimed.node, std::move(record));
}

} // namespace punctual::runtime
