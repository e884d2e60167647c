// SPDX-License-Identifier: GPL-3.0-or-later
// A lane: the due messages of one destination, in the order in which they may go.
//
// Priorities share the lane 5:3:1 by smooth weighted round robin (as in nginx, upstream_round_robin:
// each turn every waiting priority gains its weight, the highest goes and pays the sum of the gains), so low
// never starves and high never waits for more than four others. Within a priority the order is that of
// the due times.
//
// Worked example, all three waiting: h n h l h n h n h, and again.
//
// A pure class. Not thread-safe.
#pragma once

#include "core/message.h"

#include <array>
#include <map>
#include <optional>

namespace punctual
{

template <class Item>
class PriorityLane
{
public:
    void add(Priority priority, Instant due, Item item)
    {
        queueOf(priority).items.emplace(due, std::move(item));
        ++m_size;
    }

    /// Removes and returns the item whose turn it is; nothing when the lane is empty.
    [[nodiscard]] std::optional<Item> take()
    {
        Queue* best = nullptr;
        int gained = 0;
        for (auto& queue : m_queues) {
            if (queue.items.empty()) {
                queue.credit = 0;
                continue;
            }
            queue.credit += queue.weight;
            gained += queue.weight;
            if (best == nullptr || queue.credit > best->credit)
                best = &queue;
        }
        if (best == nullptr)
            return std::nullopt;
        best->credit -= gained;
        --m_size;
        return std::move(best->items.extract(best->items.begin()).mapped());
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t size(Priority priority) const
    {
        return m_queues[static_cast<std::size_t>(priority)].items.size();
    }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    void clear()
    {
        for (auto& queue : m_queues)
            queue.items.clear();
        m_size = 0;
    }

private:
    struct Queue
    {
        int weight;
        int credit = 0;
        std::multimap<Instant, Item> items = {};
    };

    [[nodiscard]] Queue& queueOf(Priority priority) { return m_queues[static_cast<std::size_t>(priority)]; }

    std::array<Queue, 3> m_queues{Queue{5}, Queue{3}, Queue{1}};
    std::size_t m_size = 0;
};

} // namespace punctual
