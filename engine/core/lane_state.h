// SPDX-License-Identifier: GPL-3.0-or-later
// What all nodes share of a destination's lane: the memory of its limiter, quota and circuit breaker, and
// until when the third party asked to be left alone. The database keeps it, a row a destination.
#pragma once

#include "core/provider_limits.h"
#include "core/rate_limiter.h"

#include <QString>

#include <optional>

namespace punctual
{

struct LaneState
{
    qint64 version = -1; // of the row; -1: not read yet
    LimiterState limiter;
    LimiterState quota;
    LimiterState breaker;
    QString breakerCause; // why it opened
    std::optional<Instant> heldUntil;
    QString heldBecause;
    ProviderLimits provider; // what the third party said last
};

} // namespace punctual
