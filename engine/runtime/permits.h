// SPDX-License-Identifier: GPL-3.0-or-later
// The permits that a node holds for one destination: how many requests may leave, from when and until when.
// What is not used in time is gone, and counted, so that a quota gets it back.
//
// A pure class. Not thread-safe.
#pragma once

#include "core/rate_limiter.h"

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace punctual::runtime
{

/// For one call: until when its first byte may leave.
struct Permit
{
    Instant end = Instant::max(); // by default none is needed
    Instant grantedAt = {};
    int epoch = 0; // of the Permits: those of an earlier one are gone

    [[nodiscard]] bool isFree() const { return end == Instant::max(); }
};

class Permits
{
public:
    /// Free: none are needed.
    void setFree(bool free) { m_free = free; }
    [[nodiscard]] bool isFree() const { return m_free; }

    void add(const Grant& grant, Instant grantedAt)
    {
        if (grant.permits > 0)
            m_grants.push_back({grant, grantedAt});
    }

    /// Uses one up, if one may leave now.
    [[nodiscard]] std::optional<Permit> take(Instant now)
    {
        if (m_free)
            return Permit{};
        dropExpired(now);
        if (m_grants.empty() || m_grants.front().grant.first > now)
            return std::nullopt;
        const auto& [grant, grantedAt] = m_grants.front();
        const Permit permit{grant.first + grant.validity, grantedAt, m_epoch};
        use();
        return permit;
    }

    /// Whether a call may still leave with it: it has not run out, and they were not cleared since.
    [[nodiscard]] bool holds(const Permit& permit, Instant now) const
    {
        return permit.isFree() ? m_free : permit.epoch == m_epoch && permit.end >= now;
    }

    /// One that was taken for a call that did not leave.
    void giveBack(const Permit& permit)
    {
        if (!permit.isFree())
            m_unused.emplace_back(permit.grantedAt, 1);
    }

    /// How many may be used from now until `until`.
    [[nodiscard]] int usable(Instant now, Instant until) const
    {
        int count = 0;
        for (const auto& [grant, grantedAt] : m_grants)
            count += grant.usable(now, until);
        return count;
    }

    [[nodiscard]] int size() const
    {
        int count = 0;
        for (const auto& held : m_grants)
            count += held.grant.permits;
        return count;
    }

    /// When the next one may be used, if there is any.
    [[nodiscard]] std::optional<Instant> next() const
    {
        return m_grants.empty() ? std::nullopt : std::optional(m_grants.front().grant.first);
    }

    /// When the first of them runs out.
    [[nodiscard]] std::optional<Instant> expiry() const
    {
        return m_grants.empty()
                   ? std::nullopt
                   : std::optional(m_grants.front().grant.first + m_grants.front().grant.validity);
    }

    void dropExpired(Instant now)
    {
        if (!m_grants.empty() && m_grants.front().grantedAt > now + clockTolerance)
            clear(); // the clock was set back: these are of a time that has not come
        while (!m_grants.empty() && m_grants.front().grant.first + m_grants.front().grant.validity < now) {
            auto& [grant, grantedAt] = m_grants.front();
            const int gone = grant.spacing == Duration{} ? grant.permits : 1;
            if (m_unused.empty() || m_unused.back().first != grantedAt)
                m_unused.emplace_back(grantedAt, 0);
            m_unused.back().second += gone;
            grant.permits -= gone - 1;
            use();
        }
    }

    /// All of them are gone, those that were taken too: the rules have changed, or the third party asked for
    /// a pause.
    void clear()
    {
        ++m_epoch;
        for (const auto& [grant, grantedAt] : m_grants)
            m_unused.emplace_back(grantedAt, grant.permits);
        m_grants.clear();
    }

    /// What was not used since the last call, by when it was granted.
    [[nodiscard]] bool hasUnused() const { return !m_unused.empty(); }
    [[nodiscard]] std::vector<std::pair<Instant, int>> takeUnused() { return std::exchange(m_unused, {}); }

private:
    static constexpr Duration clockTolerance = std::chrono::seconds(1);

    struct Held
    {
        Grant grant;
        Instant grantedAt;
    };

    void use()
    {
        auto& grant = m_grants.front().grant;
        grant.first += grant.spacing;
        if (--grant.permits <= 0)
            m_grants.pop_front();
    }

    bool m_free = false;
    std::deque<Held> m_grants;
    std::vector<std::pair<Instant, int>> m_unused;
    int m_epoch = 0;
};

} // namespace punctual::runtime
