// SPDX-License-Identifier: GPL-3.0-or-later
// Timer buckets: what is due when, without ticking.
//
// Items fall into buckets a few milliseconds wide, kept in order of time. Adding is O(log buckets), and
// many items of the same moment share one bucket, so a million of them cost one tree node. Unlike the
// hashed wheels of Varghese and Lauck ("Hashed and Hierarchical Timing Wheels", SOSP 1987) nothing turns
// while nothing is due: the caller arms one timer for nextDue() and asks again when it fires.
//
// Worked example, buckets of 4 ms (times in ms):
//   add 10 'a', add 11 'b', add 13 'c'   buckets [8,12) = {a, b}, [12,16) = {c}
//   nextDue()  -> 10
//   take(10)   -> {a}                    b stays although it shares a's bucket: nothing is early
//   nextDue()  -> 11
//   take(40)   -> {b, c}                 in order of buckets
//
// A pure class: it is told the time. Not thread-safe.
#pragma once

#include "core/time.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

namespace punctual
{

template <class Item>
class TimerBuckets
{
public:
    explicit TimerBuckets(Duration width = std::chrono::milliseconds(4))
        : m_width(width)
    {
    }

    void add(Instant due, Item item)
    {
        auto& bucket = m_buckets[numberOf(due)];
        bucket.earliest = bucket.entries.empty() ? due : std::min(bucket.earliest, due);
        bucket.entries.push_back({due, std::move(item)});
        ++m_size;
    }

    /// When take() will next return something; nothing while empty.
    [[nodiscard]] std::optional<Instant> nextDue() const
    {
        if (m_buckets.empty())
            return std::nullopt;
        return m_buckets.begin()->second.earliest;
    }

    /// Removes and returns every item whose due time is `now` or before it.
    [[nodiscard]] std::vector<Item> take(Instant now)
    {
        std::vector<Item> due;
        while (!m_buckets.empty() && m_buckets.begin()->second.earliest <= now) {
            auto& bucket = m_buckets.begin()->second;
            takeFrom(bucket, now, due);
            if (!bucket.entries.empty())
                break;
            m_buckets.erase(m_buckets.begin());
        }
        m_size -= due.size();
        return due;
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    void clear()
    {
        m_buckets.clear();
        m_size = 0;
    }

private:
    struct Entry
    {
        Instant due;
        Item item;
    };
    struct Bucket
    {
        std::vector<Entry> entries;
        Instant earliest;
    };

    [[nodiscard]] qint64 numberOf(Instant due) const
    {
        return std::chrono::floor<Duration>(due.time_since_epoch()).count() / m_width.count();
    }

    static void takeFrom(Bucket& bucket, Instant now, std::vector<Item>& due)
    {
        const auto later = std::stable_partition(bucket.entries.begin(), bucket.entries.end(),
                                                 [now](const Entry& entry) { return entry.due <= now; });
        std::transform(bucket.entries.begin(), later, std::back_inserter(due),
                       [](Entry& entry) { return std::move(entry.item); });
        bucket.entries.erase(bucket.entries.begin(), later);
        const auto earliest = std::min_element(bucket.entries.begin(), bucket.entries.end(),
                                               [](const Entry& a, const Entry& b) { return a.due < b.due; });
        if (earliest != bucket.entries.end())
            bucket.earliest = earliest->due;
    }

    Duration m_width;
    std::map<qint64, Bucket> m_buckets;
    std::size_t m_size = 0;
};

} // namespace punctual
