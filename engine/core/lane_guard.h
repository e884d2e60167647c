// SPDX-License-Identifier: GPL-3.0-or-later
// What a destination's rules allow now: rate limit, quota and circuit breaker together, and what the third
// party asked for. Several nodes share one state: each reports what it saw since it last asked, says how much
// it wants, and gets permits to use.
//
// A pure class: the state and the time go in, permits and the next state come out.
#pragma once

#include "core/circuit_breaker.h"
#include "core/destination.h"
#include "core/lane_state.h"
#include "core/patient_limiter.h"
#include "core/quota.h"

#include <memory>

namespace punctual
{

/// What a node has seen of a destination since it last asked, and how much it wants to send.
struct LaneReport
{
    int successes = 0; // as the breaker counts them
    int failures = 0;
    int failuresAtEnd = 0; // of the failures: those after the last success
    QString lastFailure;
    ProviderLimits said; // by the last answer that said anything
    std::optional<Instant> holdUntil;
    QString holdBecause;
    std::vector<std::pair<Instant, int>> unused; // permits that ran out before they were used, and from when
    int outstanding = 0;                         // permits and requests the third party has not counted yet
    int wanted = 0;
    Duration connecting{}; // how long connections take to make: permits have to last for it

    void add(const LaneReport& later);
    /// Whether there is anything to tell the others, wishes apart.
    [[nodiscard]] bool isNews() const;
};

class LaneGuard
{
public:
    explicit LaneGuard(const Destination& destination);

    struct Answer
    {
        bool free = false; // no permits are needed until the state changes
        Grant grant;
        std::optional<Instant> askAgainAt; // when more may be had
        int spare = 0;                     // beyond all that were wanted: as many more could be had for soon
    };
    /// Takes the report into account and gives what may be sent.
    [[nodiscard]] Answer settle(LaneState& state, const LaneReport& report, Instant now) const;

    /// As settle() without a report: whether permits are needed in this state.
    [[nodiscard]] bool isFree(const LaneState& state, Instant now) const;

    /// Whether permits that were not used matter to anybody.
    [[nodiscard]] bool countsUnused() const { return m_quota || m_breaker; }

    /// The third party asked for a pause that is not over, the breaker is open, or the credentials are not to
    /// be had.
    [[nodiscard]] bool isShut(const LaneState& state, Instant now) const;

    /// Whether the report ends what may be sent at once: the third party asks for a pause, or what failed
    /// opens the breaker.
    [[nodiscard]] bool isUrgent(const LaneState& state, const LaneReport& report, Instant now) const;

    /// Whether the breaker counts the exchange: there is one, and the call is not of a time before it opened.
    [[nodiscard]] bool counts(const LaneState& state, const Exchange& exchange) const;

    /// What an exchange tells: success or failure if a breaker counts it, what the third party says of its
    /// own limits, and the pause it asks for by Retry-After with 429 or 503, or by saying that nothing is
    /// left.
    [[nodiscard]] static LaneReport reportOf(const Exchange& exchange, bool counts);

    /// Why nothing is sent on this machine, whatever the state: the credentials cannot be opened here, or the
    /// time zone of the quota is not known. Empty if that is not so.
    [[nodiscard]] const QString& lockedBecause() const { return m_lockedBecause; }

    /// What people see.
    struct View
    {
        std::optional<qint64> quotaUsed;
        std::optional<qint64> quotaLimit;
        std::optional<Instant> quotaResetsAt;
        std::optional<BreakerState> breaker;
        std::optional<Instant> breakerUntil;
    };
    [[nodiscard]] View view(const LaneState& state, Instant now) const;

private:
    [[nodiscard]] Answer grant(LaneState& state, int wanted, Duration connecting, Instant now) const;

    std::optional<PatientLimiter> m_limiter;
    std::optional<Quota> m_quota;
    std::optional<CircuitBreaker> m_breaker;
    QString m_lockedBecause;
};

} // namespace punctual
