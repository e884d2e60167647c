// SPDX-License-Identifier: GPL-3.0-or-later
// Takers that always have work share the state of one rate limiter, and use what they get at random
// moments within the bounds of the grant. The same seed gives the same run.
#pragma once

#include "core/patient_limiter.h"

namespace punctual::test
{

struct Simulation
{
    RateLimit rate;
    int takers = 1;
    unsigned seed = 1;
    int windows = 40;                        // how many `per` it lasts
    Duration skew{};                         // the clocks of the takers differ by up to this
    Duration connecting{};                   // permits have to last for up to this, now more and now less
    double lost = 0;                         // share of the slices whose taker dies
    std::optional<Duration> clockSetAt = {}; // by the time that really passes
    Duration setBackBy{};
};

struct Use
{
    Instant clock; // by the clock of the one who uses the permit
    Instant real;  // the same without the step of the clock
};

struct Run
{
    std::vector<Use> uses;   // in the order of `real`
    qint64 grantedLater = 0; // without the first quarter, which has the burst
    double share = 0;        // grantedLater against the limit
};

[[nodiscard]] Run run(const Simulation& simulation);

/// The most in any half-open span of `per`. `times` are sorted.
[[nodiscard]] qint64 worstInAnySpan(const std::vector<Instant>& times, Duration per);

/// The most in any window of the clock.
[[nodiscard]] qint64 worstInAlignedWindow(const std::vector<Instant>& times, Duration per);

/// The greatest excess over rate * t, in any span t: what a token bucket has to have as its burst.
[[nodiscard]] double worstBurst(const std::vector<Instant>& times, qint64 limit, Duration per);

/// The highest estimate of the two counters at any of the times.
[[nodiscard]] double worstEstimate(const std::vector<Instant>& times, Duration per);

} // namespace punctual::test
