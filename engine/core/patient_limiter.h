// SPDX-License-Identifier: GPL-3.0-or-later
// A rate limiter whose permits last longer while connections take long to make: a call leaves only with a
// permit that still holds, and it takes one before its connection is there.
//
// A longer validity is charged to the rule, so it is taken when it is needed only. Permits of different
// validities share one state: the usual ones, and longer ones of the same or of another node. A long permit
// may be used late, so as long as that can be in one span with others, all that are taken are charged as if
// they were as long: until `per` and its validity have passed since its moment. What was taken before a
// longer one lasts shorter than it is charged for from then on. So the rule holds as if all of them were of
// the longest kind.
//
// Worked example, a log of 10 in 600 ms: the usual validity is 30 ms. At 0 ten are wanted for connections
// that take 80 ms: they last for 90 ms, three times the usual. The log has room again at 690 ms. If
// connections are fast by then, the ten of 690 ms last for 30 ms and room comes at 1,320 ms.
//
// State: how many longer validities are in force; each of them and until when, the longest first; then the
// limiter's own. Pure, and safe for use by several threads at once.
#pragma once

#include "core/rate_limiter.h"

namespace punctual
{

class PatientLimiter
{
public:
    explicit PatientLimiter(const RateLimit& rate);

    /// As RateLimiter::take(), for permits that last for `needed`, or as near to it as the rule has room for:
    /// half of `per`, at most a second.
    [[nodiscard]] Grant take(LimiterState& state, Instant now, int wanted, Duration needed) const;

private:
    struct Charge
    {
        Duration validity;
        Instant until;
    };

    static void add(std::vector<Charge>& charges, const Charge& added);
    [[nodiscard]] std::vector<Charge> read(const LimiterState& state, Instant now) const;
    /// Zero if the usual one is enough.
    [[nodiscard]] Duration validityFor(Duration needed) const;

    RateLimit m_rate;
    Duration m_usual;   // of a permit
    Duration m_longest; // likewise
    std::unique_ptr<const RateLimiter> m_limiter;
};

} // namespace punctual
