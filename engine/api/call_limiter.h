// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls a second each token may make, so that one caller that runs wild leaves room for the others.
// A token may use a second's worth at once (core/token_bucket.h).
//
// A pure class: it is told the time. Not thread-safe. It remembers no more tokens than have called.
#pragma once

#include "core/header.h"
#include "core/rate_limiter.h"

#include <QHash>
#include <QUuid>

#include <memory>
#include <vector>

namespace punctual::api
{

class CallLimiter
{
public:
    /// 0: as many as they like.
    explicit CallLimiter(int perSecond);

    struct Verdict
    {
        bool allowed = true;
        std::vector<Header> headers{}; // RateLimit-Limit, -Remaining, -Reset; none without a limit
    };

    [[nodiscard]] Verdict take(const QUuid& token, Instant now);

private:
    int m_perSecond;
    std::unique_ptr<const RateLimiter> m_limiter; // none: no limit
    QHash<QUuid, LimiterState> m_states;
};

} // namespace punctual::api
