// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patient_limiter.h"

#include "core/limiter_time.h"

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

/// A bucket that holds one call is a rule about the time between two of them.
Duration spanOf(const RateLimit& rate)
{
    return rate.algorithm == RateAlgorithm::TokenBucket && rate.burst == 1
               ? Duration(dividedUp(rate.per.count(), rate.limit))
               : rate.per;
}

bool hasWindows(const RateLimit& rate)
{
    return rate.algorithm == RateAlgorithm::FixedWindow || rate.algorithm == RateAlgorithm::SlidingWindow;
}

} // namespace

PatientLimiter::PatientLimiter(const RateLimit& rate)
    : m_rate(rate)
    , m_usual(punctual::validityFor(spanOf(rate)))
    , m_longest(hasWindows(rate) ? Duration{} : std::min<Duration>(spanOf(rate) / 2, 1s))
    , m_limiter(makeRateLimiter(rate))
{
}

/// In steps, so that there are few of them.
Duration PatientLimiter::validityFor(Duration needed) const
{
    if (needed <= m_usual || m_longest <= m_usual)
        return {};
    return std::min<Duration>(m_usual * dividedUp(needed.count(), m_usual.count()), m_longest);
}

std::vector<PatientLimiter::Charge> PatientLimiter::read(const LimiterState& state, Instant now) const
{
    std::vector<Charge> charges;
    // A clock that was set back: whatever was granted counts as granted just now.
    const Instant latest = now + reachFor(m_rate.per) + spanOf(m_rate) + m_longest + clockTolerance;
    for (std::size_t at = 1; at + 1 <= static_cast<std::size_t>(2 * state.front()); at += 2) {
        const Charge charge{Duration(state[at]), std::min(instantOf(state[at + 1]), latest)};
        if (charge.until > now)
            charges.push_back(charge);
    }
    return charges;
}

/// Those stay that hold for longer than another one or charge more.
void PatientLimiter::add(std::vector<Charge>& charges, const Charge& added)
{
    const auto covers = [](const Charge& one, const Charge& other) {
        return one.validity >= other.validity && one.until >= other.until;
    };
    if (std::any_of(charges.begin(), charges.end(),
                    [&](const Charge& charge) { return covers(charge, added); }))
        return;
    std::erase_if(charges, [&](const Charge& charge) { return covers(added, charge); });
    const auto place = std::find_if(charges.begin(), charges.end(),
                                    [&](const Charge& charge) { return charge.validity < added.validity; });
    charges.insert(place, added);
}

Grant PatientLimiter::take(LimiterState& state, Instant now, int wanted, Duration needed) const
{
    if (wanted <= 0)
        return {};
    std::vector<Charge> charges;
    LimiterState own;
    // What another kind of rule left there says nothing.
    if (!state.empty() && state.front() >= 0 && state.front() <= static_cast<qint64>(state.size() - 1) / 2) {
        charges = read(state, now);
        own.assign(state.begin() + 1 + 2 * state.front(), state.end());
    }
    const Duration validity = validityFor(needed);
    const Duration charged = charges.empty() ? validity : std::max(validity, charges.front().validity);
    Grant grant;
    if (charged == Duration{}) {
        grant = m_limiter->take(own, now, wanted);
    } else {
        grant = makeRateLimiter(m_rate, charged)->take(own, now, wanted);
        grant.validity = std::min(grant.validity, std::max(validity, m_usual));
    }
    if (validity > Duration{} && grant.permits > 0) {
        const Instant until = grant.first + (grant.permits - 1) * grant.spacing + spanOf(m_rate) + validity;
        add(charges, {validity, until});
    }
    state = {static_cast<qint64>(charges.size())};
    for (const auto& charge : charges)
        state.insert(state.end(), {charge.validity.count(), toMicroseconds(charge.until)});
    state.insert(state.end(), own.begin(), own.end());
    return grant;
}

} // namespace punctual
