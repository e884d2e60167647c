// SPDX-License-Identifier: GPL-3.0-or-later
#include "limiter_simulation.h"

#include "support/factories.h"

#include <algorithm>
#include <map>
#include <random>

namespace punctual::test
{

namespace
{

class Takers
{
public:
    explicit Takers(const Simulation& simulation)
        : m_simulation(simulation)
        , m_limiter(simulation.rate)
        , m_random(simulation.seed)
        , m_end(at() + simulation.windows * simulation.rate.per)
        , m_countFrom(at() + simulation.windows / 4 * simulation.rate.per)
    {
        for (int taker = 0; taker < simulation.takers; ++taker) {
            m_next.push_back(at() + upTo(simulation.rate.per / 10));
            m_offset.push_back(upTo(simulation.skew));
        }
    }

    Run go()
    {
        while (true) {
            const auto next = std::min_element(m_next.begin(), m_next.end());
            if (*next >= m_end)
                break;
            const auto taker = static_cast<std::size_t>(next - m_next.begin());
            *next = turn(taker, *next) + Duration(1) + upTo(m_simulation.rate.per / 200);
        }
        std::sort(m_run.uses.begin(), m_run.uses.end(),
                  [](const Use& left, const Use& right) { return left.real < right.real; });
        const auto counted = static_cast<double>((m_end - m_countFrom).count());
        m_run.share = static_cast<double>(m_run.grantedLater) *
                      static_cast<double>(m_simulation.rate.per.count()) /
                      (static_cast<double>(m_simulation.rate.limit) * counted);
        return m_run;
    }

private:
    Duration upTo(Duration most)
    {
        return Duration(
            std::uniform_int_distribution<qint64>(0, std::max<qint64>(most.count(), 0))(m_random));
    }

    /// At its edges more often than elsewhere.
    Duration within(Duration validity)
    {
        const auto choice = std::uniform_int_distribution<int>(0, 3)(m_random);
        return choice == 0 ? Duration{} : choice == 1 ? validity : upTo(validity);
    }

    bool isAfterStep(Instant real) const
    {
        return m_simulation.clockSetAt && real >= at(*m_simulation.clockSetAt);
    }

    /// One take, and the use of what it gave. Answers when the taker may ask again.
    Instant turn(std::size_t taker, Instant real)
    {
        const Duration ahead = m_offset[taker] - (isAfterStep(real) ? m_simulation.setBackBy : Duration{});
        const qint64 most = std::max<qint64>(m_simulation.rate.limit, 2);
        const int wanted = static_cast<int>(std::uniform_int_distribution<qint64>(1, most)(m_random));
        const Grant grant = m_limiter.take(m_state, real + ahead, wanted, upTo(m_simulation.connecting));
        const bool dies = std::uniform_real_distribution<double>(0, 1)(m_random) < m_simulation.lost;
        for (int permit = 0; permit < grant.permits; ++permit) {
            const Instant use = grant.first + permit * grant.spacing + within(grant.validity);
            if (use - ahead >= m_countFrom && use - ahead < m_end)
                ++m_run.grantedLater;
            // When the clock is set, what a node still holds is thrown away.
            if (!dies && isAfterStep(use - ahead) == isAfterStep(real))
                m_run.uses.push_back({use, use - ahead});
        }
        return grant.retryAt ? std::max(real, *grant.retryAt - ahead) : real;
    }

    Simulation m_simulation;
    PatientLimiter m_limiter;
    std::mt19937 m_random;
    Instant m_end;
    Instant m_countFrom;
    LimiterState m_state;
    std::vector<Instant> m_next;
    std::vector<Duration> m_offset;
    Run m_run;
};

std::map<qint64, qint64> countsOfWindows(const std::vector<Instant>& times, Duration per)
{
    std::map<qint64, qint64> counts;
    for (const Instant time : times)
        ++counts[time.time_since_epoch() / per];
    return counts;
}

} // namespace

Run run(const Simulation& simulation)
{
    return Takers(simulation).go();
}

qint64 worstInAnySpan(const std::vector<Instant>& times, Duration per)
{
    std::size_t worst = 0;
    std::size_t first = 0;
    for (std::size_t last = 0; last < times.size(); ++last) {
        while (times[first] + per <= times[last])
            ++first;
        worst = std::max(worst, last - first + 1);
    }
    return static_cast<qint64>(worst);
}

qint64 worstInAlignedWindow(const std::vector<Instant>& times, Duration per)
{
    qint64 worst = 0;
    for (const auto& [window, count] : countsOfWindows(times, per))
        worst = std::max(worst, count);
    return worst;
}

double worstBurst(const std::vector<Instant>& times, qint64 limit, Duration per)
{
    // With level(i) = i * per - limit * time(i), the span from i to j needs (level(j) - level(i)) / per + 1.
    qint64 lowest = 0;
    qint64 worst = 0;
    for (std::size_t index = 0; index < times.size(); ++index) {
        const qint64 level =
            static_cast<qint64>(index) * per.count() - limit * (times[index] - times.front()).count();
        lowest = std::min(lowest, level);
        worst = std::max(worst, level - lowest + per.count());
    }
    return static_cast<double>(worst) / static_cast<double>(per.count());
}

double worstEstimate(const std::vector<Instant>& times, Duration per)
{
    const auto counts = countsOfWindows(times, per);
    std::map<qint64, qint64> sofar;
    double worst = 0;
    for (const Instant time : times) {
        const qint64 window = time.time_since_epoch() / per;
        const auto before = counts.find(window - 1);
        const Duration covered = per - time.time_since_epoch() % per;
        const double weight = static_cast<double>(covered.count()) / static_cast<double>(per.count());
        const double previous = before == counts.end() ? 0 : static_cast<double>(before->second);
        worst = std::max(worst, previous * weight + static_cast<double>(++sofar[window]));
    }
    return worst;
}

} // namespace punctual::test
