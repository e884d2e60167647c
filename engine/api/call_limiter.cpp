// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/call_limiter.h"

namespace punctual::api
{

namespace
{

constexpr Duration second = std::chrono::seconds(1);

} // namespace

CallLimiter::CallLimiter(int perSecond)
    : m_perSecond(perSecond)
    , m_limiter(perSecond > 0 ? makeRateLimiter({RateAlgorithm::TokenBucket, perSecond, second, perSecond})
                              : nullptr)
{
}

CallLimiter::Verdict CallLimiter::take(const QUuid& token, Instant now)
{
    if (!m_limiter)
        return {};
    LimiterState& state = m_states[token];
    LimiterState next = state;
    const Grant grant = m_limiter->take(next, now, 1);
    // What it would give a moment later is for those who wait; here nobody does.
    const bool allowed = grant.permits == 1 && grant.first <= now;
    if (allowed)
        state = std::move(next);
    const qint64 remaining =
        allowed && state.size() == 2 ? std::max<qint64>(state[1] / second.count(), 0) : 0;
    // A whole second's worth is there again after a second at the latest.
    return {allowed,
            {{QByteArrayLiteral("RateLimit-Limit"), QByteArray::number(m_perSecond)},
             {QByteArrayLiteral("RateLimit-Remaining"), QByteArray::number(remaining)},
             {QByteArrayLiteral("RateLimit-Reset"), QByteArrayLiteral("1")}}};
}

} // namespace punctual::api
