// SPDX-License-Identifier: GPL-3.0-or-later
// How late an attempt left, and where that time went.
#pragma once

#include "core/time.h"

#include <QLatin1StringView>

#include <algorithm>
#include <array>

namespace punctual
{

/// The stages of a message's way, in order. Time before it was due counts in none of them.
enum class LatenessPart {
    Prefetch,   // until its node knew of it
    Bucket,     // until the timer had fired
    Order,      // behind another message of its key
    Quota,      // waiting for a rate limit, a quota or a circuit breaker
    Slot,       // waiting for a free slot of its destination
    Claim,      // asking the database for it
    Connection, // until the first byte left
};

inline constexpr std::array allLatenessParts{
    LatenessPart::Prefetch, LatenessPart::Bucket, LatenessPart::Order,     LatenessPart::Quota,
    LatenessPart::Slot,     LatenessPart::Claim,  LatenessPart::Connection};

[[nodiscard]] QLatin1StringView toText(LatenessPart part);

using LatenessParts = std::array<Duration, allLatenessParts.size()>;

/// Follows one message from its due time to the first byte. The parts add up to the lateness.
class Journey
{
public:
    explicit Journey(Instant planned)
        : m_last(planned)
    {
    }

    /// The stage is over. A stage may be passed more than once.
    void reach(LatenessPart part, Instant at)
    {
        if (at <= m_last)
            return;
        m_parts[static_cast<std::size_t>(part)] += at - m_last;
        m_last = at;
    }

    /// Time that passed before the journey began.
    void add(LatenessPart part, Duration time) { m_parts[static_cast<std::size_t>(part)] += time; }

    [[nodiscard]] const LatenessParts& parts() const { return m_parts; }

private:
    Instant m_last;
    LatenessParts m_parts{};
};

/// Counts by size, with bounds that grow by about the same factor: fine enough for a percentile, small enough
/// for a row a second.
class LatenessHistogram
{
public:
    /// Upper bounds in microseconds, the last count is what is beyond them.
    static constexpr std::array<qint64, 22> bounds{
        250,        500,        1'000,      2'000,       3'000,         5'000,         7'500,     10'000,
        20'000,     50'000,     100'000,    200'000,     500'000,       1'000'000,     2'000'000, 5'000'000,
        10'000'000, 30'000'000, 60'000'000, 300'000'000, 3'600'000'000, 36'000'000'000};
    using Counts = std::array<qint64, bounds.size() + 1>;

    void add(Duration lateness)
    {
        const auto bound = std::lower_bound(bounds.begin(), bounds.end(), lateness.count());
        ++m_counts[static_cast<std::size_t>(bound - bounds.begin())];
    }

    void add(const Counts& counts)
    {
        for (std::size_t i = 0; i < counts.size(); ++i)
            m_counts[i] += counts[i];
    }

    [[nodiscard]] const Counts& counts() const { return m_counts; }

private:
    Counts m_counts{};
};

} // namespace punctual
