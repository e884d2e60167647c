// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps the calls to a destination within its RateLimit, on one node or on many.
//
// The state of a limiter is a row of the database. A node takes a slice of permits in one short
// transaction and uses them afterwards, one call each, within the bounds that the Grant gives. The
// promise: whatever the nodes do within those bounds, the calls that leave obey the rule, judged by the
// moment at which each of them leaves. The time between taking and using is therefore charged to the
// rule, and permits are valid for a short time only. A permit that is not used is lost; so a slice that a
// dying node took costs no more than if it had been used.
//
// The time is that of one clock, the database's. Nodes read it with small errors, and so `now` may go
// back a little from one call to the next: up to a second the limiter goes on from the latest time it
// knows, and `first` may then lie that much ahead. A greater step back is taken for a clock that was set.
// Then everything that was granted counts as granted just now, at most: no more than the rule lets through,
// and nobody waits for longer than about one `per`. What a node still holds at such a moment it throws away.
//
// Pure: the same arguments give the same grant. Safe for use by several threads at once.
#pragma once

#include "core/rate_limit.h"

#include <memory>

namespace punctual
{

/// What the database keeps between calls. Empty at first, and again whenever the RateLimit changes.
using LimiterState = std::vector<qint64>;

/// Permit i (from 0) may be used from first + i * spacing until first + i * spacing + validity.
struct Grant
{
    int permits = 0;
    Instant first;
    Duration spacing{};
    Duration validity{};
    /// When at least one more permit can be had; absent if all that were wanted are granted.
    std::optional<Instant> retryAt;

    /// How many of them may be used at some time from `now` until `until`.
    [[nodiscard]] int usable(Instant now, Instant until) const;
};

class RateLimiter
{
public:
    RateLimiter() = default;
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;
    virtual ~RateLimiter();

    /// Takes up to `wanted` permits out of `state`. Nothing is granted when `wanted` is 0 or less.
    [[nodiscard]] virtual Grant take(LimiterState& state, Instant now, int wanted) const = 0;
};

/// `rate` is one that readRateLimit() accepts. `validity`: how long a permit has to last, if that is longer
/// than usual; it costs the more of the limit. A window's permits last until it ends in any case. What the
/// states hold does not depend on it: PatientLimiter says how one state may be used with several.
[[nodiscard]] std::unique_ptr<const RateLimiter> makeRateLimiter(const RateLimit& rate,
                                                                 Duration validity = {});

} // namespace punctual
