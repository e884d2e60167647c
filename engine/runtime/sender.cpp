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

/// The destination's with the parts that the message has of its own, if it has any.
std::optional<RetryPolicy> ownRetryOf(const Destination& destination, const store::Claim& claim)
{
    if (claim.retry.isEmpty())
        return std::nullopt;
    return overlaid(destination.retry, QJsonDocument::fromJson(claim.retry).object())
        .value_or(destination.retry);
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

/// A window of the clock that is used up does not get another one by what the next one pays. Only a
/// connection that takes longer than a whole window has no better chance later.
bool mustStay(const Destination& destination, Duration connecting)
{
    const auto& rule = destination.rateLimit;
    return rule && connecting < rule->per &&
           (rule->algorithm == RateAlgorithm::FixedWindow || rule->algorithm == RateAlgorithm::SlidingWindow);
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
        const auto permit = lane.gate.permits.take(now);
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
    const Instant patience = std::min(lane.claimed.front().queuedAt, now) + patienceWithPermits;
    if (patience <= now) {
        giveUp(lane);
        return std::nullopt;
    }
    Q_EMIT starved();
    return std::min(lane.gate.permits.next().value_or(patience), patience);
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

std::shared_ptr<Sender::Departure> Sender::departureWith(const Permit& permit) const
{
    return permit.isFree() ? nullptr : std::make_shared<Departure>(Departure{permit, m_clock.now()});
}

/// Whether it leaves, right before the first byte. To make the connection may have taken longer than the
/// permit lasts, and a connection that broke makes a second call of one: either needs another permit.
bool Sender::leave(Lane& lane, Departure& departure) const
{
    const Instant now = m_clock.now();
    if (departure.hasLeft || departure.permit.end < now) {
        if (const auto another = lane.gate.permits.take(now)) {
            if (!departure.hasLeft)
                lane.gate.permits.giveBack(departure.permit);
            departure.permit = *another;
        } else if (!departure.hasLeft && mustStay(*lane.destination, now - departure.begunAt)) {
            return false;
        } else { // the connection would be lost if it waited
            lane.gate.permits.borrow();
        }
    }
    return departure.hasLeft = true;
}

/// Asked when a connection is there.
std::function<bool()> Sender::mayStart(Lane& lane, qint64 epoch,
                                       const std::shared_ptr<Departure>& departure) const
{
    if (!departure) // nearly always, and then without an allocation
        return [this, epoch] { return isCurrent(epoch); };
    return [this, &lane, epoch, departure] {
        if (!isCurrent(epoch))
            return false;
        return leave(lane, *departure);
    };
}

/// The call is over.
void Sender::endDeparture(Lane& lane, const std::shared_ptr<Departure>& departure)
{
    if (departure && !departure->hasLeft)
        lane.gate.permits.giveBack(departure->permit);
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
        if (claimed.claim.unreadable.isEmpty())
            return true;
        finish(lane, claimed,
               {.ending = Exchange::Ending::NotSent,
                .error = claimed.claim.unreadable,
                .startedAt = now,
                .endedAt = now});
        return false;
    }
    finish(lane, claimed, {.ending = Exchange::Ending::Outdated, .startedAt = now, .endedAt = now});
    return false;
}

void Sender::startOne(Lane& lane, Claimed claimed, const Permit& permit)
{
    ++lane.inFlight;
    const auto departure = departureWith(permit);
    delivery::Request request{.destination = lane.destination,
                              .id = claimed.claim.id,
                              .attempt = claimed.claim.attempt,
                              .dueAt = claimed.claim.dueAt,
                              .content = std::move(claimed.claim.content),
                              .mayStart = mayStart(lane, claimed.node.epoch, departure)};
    const auto end = [this, &lane, departure](Claimed& sent, const Exchange& exchange) {
        endDeparture(lane, departure);
        finish(lane, sent, exchange);
        endCall(lane, exchange, 1);
    };
    if (lane.destination->builtIn) {
        if (departure)
            (void)leave(lane, *departure); // there was no connection to wait for
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
    for (auto& claimed : batch) {
        request.batch.push_back(claimed.claim.id);
        request.dueAt = std::min(request.dueAt, claimed.claim.dueAt);
        claimed.claim.content = {};
    }
    ++lane.inFlight;
    const auto departure = departureWith(permit);
    request.mayStart = mayStart(lane, batch.front().node.epoch, departure);
    m_http.deliver(std::move(request),
                   [this, &lane, departure, batch = std::move(batch)](const Exchange& exchange) mutable {
                       endDeparture(lane, departure);
                       const auto parts = split(exchange, batch.size());
                       for (std::size_t i = 0; i < batch.size(); ++i)
                           finish(lane, batch[i], parts[i]);
                       endCall(lane, exchange, static_cast<int>(batch.size()));
                   });
}

/// Takes those out of a batch that cannot be in one: they are refused for good.
void Sender::refuseUnfit(const Lane& lane, std::vector<Claimed>& batch, const Error& error, Instant now)
{
    std::vector<Claimed> fit;
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

/// What one message came to.
void Sender::finish(const Lane& lane, Claimed& claimed, const Exchange& exchange)
{
    m_claims.remove(claimed.claim.id);
    if (exchange.ending == Exchange::Ending::Outdated)
        Q_EMIT outdated(claimed.claim.id);
    else
        write(lane, claimed, exchange);
}

/// A call is over, of one message or of a batch.
void Sender::endCall(Lane& lane, const Exchange& exchange, int messages)
{
    --lane.inFlight;
    lane.noteAnswer(DatabaseClock::sinceBoot(), messages);
    Q_EMIT observed(lane, exchange);
    pump(lane);
    Q_EMIT ended();
}

void Sender::write(const Lane& lane, Claimed& claimed, const Exchange& exchange)
{
    const auto& destination = *lane.destination;
    const auto own = ownRetryOf(destination, claimed.claim);
    const RetryPolicy& retry = own ? *own : destination.retry;
    const NextStep next = nextStep(exchange, claimed.claim.attempt, claimed.claim.maxAttempts, retry,
                                   destination.onUnknown, m_random.generateDouble(), claimed.claim.dueAt);
    if (next.pauseDestination)
        Q_EMIT stopped(destination.name, exchange.status);
    auto record = recordOf(destination.name, claimed, exchange, judge(exchange, retry), next);
    claimed.journey.reach(LatenessPart::Connection, exchange.startedAt);
    m_statistics.add(destination.name, record, claimed.journey.parts());
    m_writer.add(claimed.node, std::move(record));
}

} // namespace punctual::runtime
