// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lane_guard.h"

#include "core/attempt.h"

#include <QTimeZone>

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration patienceWithProbes = 10s; // beyond the destination's own time limit
constexpr Duration quotaValidity = 1s;       // of permits that only a quota limits
constexpr Duration probeValidity = 5s;
constexpr Duration beforeTheEnd = 20ms; // of a period: what leaves in it arrives in it
constexpr Duration soon = 50ms;
constexpr Duration longestHold = std::chrono::days(31);

/// `permits` of a quota are for this period: what arrives after its end would count in the next one.
Duration validityIn(const Period& period, Instant now)
{
    return std::clamp<Duration>(period.end - now - beforeTheEnd, 0ms, quotaValidity);
}

/// Leaves out permits that could be used after this time.
void cutAt(Grant& grant, Instant end)
{
    grant.validity = std::min(grant.validity, std::max<Duration>(end - grant.first, 0ms));
    while (grant.permits > 0 && grant.first + (grant.permits - 1) * grant.spacing + grant.validity > end)
        --grant.permits;
    if (grant.validity <= 0ms)
        grant.permits = 0;
}

QString lockOf(const Destination& destination)
{
    if (const QString& problem = destination.credentials.unreadable; !problem.isEmpty())
        return QStringLiteral("its credentials cannot be opened: %1").arg(problem);
    if (destination.quota && !QTimeZone::isTimeZoneIdAvailable(destination.quota->timeZone))
        return QStringLiteral("the time zone of its quota, %1, is not known on this machine")
            .arg(QString::fromLatin1(destination.quota->timeZone));
    return {};
}

void earliest(std::optional<Instant>& target, std::optional<Instant> other)
{
    if (other && (!target || *other < *target))
        target = other;
}

} // namespace

void LaneReport::add(const LaneReport& later)
{
    failuresAtEnd = later.successes > 0 ? later.failuresAtEnd : failuresAtEnd + later.failuresAtEnd;
    successes += later.successes;
    failures += later.failures;
    if (!later.lastFailure.isEmpty())
        lastFailure = later.lastFailure;
    if (!later.said.isEmpty())
        said = later.said;
    if (later.holdUntil && (!holdUntil || *later.holdUntil > *holdUntil)) {
        holdUntil = later.holdUntil;
        holdBecause = later.holdBecause;
    }
    unused.insert(unused.end(), later.unused.begin(), later.unused.end());
}

bool LaneReport::isNews() const
{
    return successes > 0 || failures > 0 || !said.isEmpty() || holdUntil || !unused.empty();
}

LaneGuard::LaneGuard(const Destination& destination)
    : m_quota(destination.quota)
    , m_lockedBecause(lockOf(destination))
{
    if (destination.rateLimit)
        m_limiter.emplace(*destination.rateLimit);
    if (destination.circuitBreaker)
        m_breaker.emplace(*destination.circuitBreaker, destination.timeout + patienceWithProbes);
}

bool LaneGuard::isUrgent(const LaneState& state, const LaneReport& report, Instant now) const
{
    if (report.holdUntil)
        return *report.holdUntil > now;
    if (!m_breaker || report.failures == 0)
        return false;
    LimiterState breaker = state.breaker;
    return m_breaker->report(breaker, now, report.successes, report.failures, report.failuresAtEnd)
        .has_value();
}

bool LaneGuard::counts(const LaneState& state, const Exchange& exchange) const
{
    return m_breaker && !CircuitBreaker::isOld(state.breaker, exchange.startedAt);
}

LaneReport LaneGuard::reportOf(const Exchange& exchange, bool counts)
{
    LaneReport report;
    if (counts && concernsBreaker(exchange)) {
        const bool failed = isBreakerFailure(exchange);
        report.successes = failed ? 0 : 1;
        report.failures = report.failuresAtEnd = failed ? 1 : 0;
        if (failed)
            report.lastFailure = exchange.error.isEmpty()
                                     ? QStringLiteral("HTTP status %1").arg(exchange.status)
                                     : exchange.error;
    }
    if (exchange.headers.empty() && !exchange.retryAfter)
        return report;
    report.said = readProviderLimits(exchange.headers, exchange.endedAt);
    if (exchange.retryAfter && (exchange.status == 429 || exchange.status == 503)) {
        report.holdUntil = exchange.endedAt + std::min<Duration>(*exchange.retryAfter, longestHold);
        report.holdBecause = QStringLiteral("status %1 with Retry-After").arg(exchange.status);
    } else if (report.said.remaining == 0 && report.said.resetAt) {
        report.holdUntil = report.said.resetAt;
        report.holdBecause = QStringLiteral("nothing remains of its own limit");
    }
    return report;
}

LaneGuard::Answer LaneGuard::settle(LaneState& state, const LaneReport& report, Instant now) const
{
    if (m_breaker && report.successes + report.failures > 0) {
        const auto cause =
            m_breaker->report(state.breaker, now, report.successes, report.failures, report.failuresAtEnd);
        if (cause)
            state.breakerCause = *cause + QStringLiteral("; the last one: ") + report.lastFailure;
        else if (CircuitBreaker::stateAt(state.breaker, now) == BreakerState::Closed)
            state.breakerCause.clear();
    }
    if (m_breaker)
        for (const auto& [takenAt, count] : report.unused)
            m_breaker->giveBack(state.breaker, count);
    if (!report.said.isEmpty())
        state.provider = report.said;
    if (m_quota) {
        for (const auto& [takenAt, count] : report.unused)
            giveBackToQuota(*m_quota, state.quota, now, takenAt, count);
        correctQuota(*m_quota, state.quota, now, report.said, report.outstanding);
    }
    if (report.holdUntil && (!state.heldUntil || *report.holdUntil > *state.heldUntil)) {
        state.heldUntil = report.holdUntil;
        state.heldBecause = report.holdBecause;
    }
    if (state.heldUntil && *state.heldUntil <= now) {
        state.heldUntil.reset();
        state.heldBecause.clear();
    }
    Answer answer;
    answer.free = isFree(state, now);
    if (!answer.free)
        answer = grant(state, report.wanted, report.connecting, now);
    if (report.wanted > 0 && answer.grant.permits == report.wanted) {
        LaneState next = state;
        answer.spare = grant(next, report.wanted, report.connecting, now).grant.usable(now, now + soon);
    }
    return answer;
}

LaneGuard::Answer LaneGuard::grant(LaneState& state, int wanted, Duration connecting, Instant now) const
{
    Answer answer;
    if (state.heldUntil) {
        answer.askAgainAt = state.heldUntil;
        return answer;
    }
    if (!m_lockedBecause.isEmpty()) {
        answer.askAgainAt = now + 1min;
        return answer;
    }
    int permits = wanted;
    Duration validity = probeValidity;
    if (m_breaker) {
        permits = m_breaker->available(state.breaker, now, permits);
        if (permits < wanted) {
            answer.askAgainAt = CircuitBreaker::reopensAt(state.breaker);
            earliest(answer.askAgainAt, CircuitBreaker::nextProbeAt(state.breaker));
        }
    }
    std::optional<Period> period;
    if (m_quota) {
        period = periodOf(*m_quota, now);
        validity = validityIn(*period, now);
        const int taken = validity > 0ms ? takeFromQuota(*m_quota, state.quota, now, permits) : 0;
        if (taken < permits)
            earliest(answer.askAgainAt, period->end);
        permits = taken;
    }
    if (m_limiter) {
        answer.grant = m_limiter->take(state.limiter, now, permits, connecting);
        earliest(answer.askAgainAt, answer.grant.retryAt);
        if (period)
            cutAt(answer.grant, period->end - beforeTheEnd);
        if (m_quota)
            giveBackToQuota(*m_quota, state.quota, now, now, permits - answer.grant.permits);
    } else {
        answer.grant = {.permits = permits, .first = now, .spacing = {}, .validity = validity, .retryAt = {}};
    }
    if (m_breaker)
        m_breaker->book(state.breaker, now, answer.grant.permits);
    if (answer.grant.permits < wanted && !answer.askAgainAt)
        answer.askAgainAt = now + 10ms;
    return answer;
}

bool LaneGuard::isFree(const LaneState& state, Instant now) const
{
    return !m_limiter && !m_quota && m_lockedBecause.isEmpty() && !isShut(state, now) &&
           (!m_breaker || CircuitBreaker::stateAt(state.breaker, now) == BreakerState::Closed);
}

bool LaneGuard::isShut(const LaneState& state, Instant now) const
{
    return !m_lockedBecause.isEmpty() || (state.heldUntil && *state.heldUntil > now) ||
           (m_breaker && CircuitBreaker::stateAt(state.breaker, now) == BreakerState::Open);
}

LaneGuard::View LaneGuard::view(const LaneState& state, Instant now) const
{
    View view;
    if (m_quota) {
        const QuotaUse use = quotaUse(*m_quota, state.quota, now);
        view.quotaUsed = use.used;
        view.quotaLimit = m_quota->limit;
        view.quotaResetsAt = use.period.end;
    }
    if (m_breaker) {
        view.breaker = CircuitBreaker::stateAt(state.breaker, now);
        view.breakerUntil = CircuitBreaker::reopensAt(state.breaker);
    }
    return view;
}

} // namespace punctual
