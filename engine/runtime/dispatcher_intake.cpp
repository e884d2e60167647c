// SPDX-License-Identifier: GPL-3.0-or-later
// What comes into a dispatcher: how much the read-ahead is to bring, and what it has brought.
#include "runtime/dispatcher.h"

#include <algorithm>

namespace punctual::runtime
{

std::vector<store::LaneRoom> Dispatcher::rooms(Reach reach)
{
    int busy = 0;
    for (auto& [name, lane] : m_lanes)
        busy += static_cast<int>(std::count_if(lane.stocks.begin(), lane.stocks.end(),
                                               [](const Stock& stock) { return stock.isBusy(); }));
    m_roomOfABusyLane = Stock::roomOfABusyOne(busy, static_cast<int>(3 * m_lanes.size()) - busy);
    std::vector<store::LaneRoom> rooms;
    for (auto& [name, lane] : m_lanes) {
        if (!m_book.entries().contains(name) || lane.destination->isPaused(m_clock.now()))
            continue;
        for (const auto priority : allPriorities) {
            Stock& stock = lane.stockOf(priority);
            const bool isLow = std::exchange(stock.isLow, false);
            const int most = isLow || stock.isBusy() ? m_roomOfABusyLane : Stock::leastRoom;
            // What is new stands behind those that are due already: no need to look while they are many.
            if ((isLow || reach == Reach::All) &&
                lane.due.size(priority) < static_cast<std::size_t>(most / Stock::refillBelow))
                rooms.push_back({name, priority, most});
        }
    }
    return rooms;
}

void Dispatcher::add(const std::vector<store::LaneRoom>& rooms, const std::vector<store::Waiting>& waiting)
{
    std::vector<int> read(rooms.size());
    const Instant now = m_clock.now();
    for (const auto& message : waiting) {
        const auto& room = rooms[message.lane];
        const auto found = m_lanes.find(room.destination);
        ++read[message.lane];
        if (found == m_lanes.end())
            continue;
        Lane& lane = found->second;
        if (lane.stockOf(room.priority).held > 2 * room.most)
            dropLane(lane); // full of messages that are not there any more
        hold(lane, room.priority, message.id, message.nextAttemptAt, now);
    }
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        const auto found = m_lanes.find(rooms[i].destination);
        if (found == m_lanes.end())
            continue;
        Stock& stock = found->second.stockOf(rooms[i].priority);
        stock.found = read[i];
        stock.most = rooms[i].most;
        stock.hasMore = read[i] >= stock.most;
        if (stock.hasMore && stock.most < m_roomOfABusyLane)
            askForMore(stock); // it was taken for an idle one
    }
    turn();
}

bool Dispatcher::add(const store::DueSoon& message)
{
    const Instant now = m_clock.now();
    const auto found = m_lanes.find(message.destination);
    if (!m_keeper.ownsShard(message.shard) || message.dueAt > now + horizon)
        return true; // another node's, or of no interest yet
    if (found == m_lanes.end() || found->second.stockOf(message.priority).held >= m_roomOfABusyLane)
        return false;
    if (!found->second.destination->isPaused(now))
        hold(found->second, message.priority, message.id, message.dueAt, now);
    wake();
    return true;
}

void Dispatcher::hold(Lane& lane, Priority priority, const MessageId& id, Instant due, Instant now)
{
    if (m_asked.contains(id) || m_unused.contains(id) || m_sender.claims().contains(id) ||
        m_writer.contains(id))
        return;
    const auto held = m_held.constFind(id);
    if (held == m_held.constEnd()) {
        ++lane.stockOf(priority).held;
    } else if (held->priority != priority) {
        ++lane.stockOf(priority).held;
        if (held->due != Instant::min()) // what is in the lane counts until its turn comes
            --lane.stockOf(held->priority).held;
    } else if (held->due <= due) {
        return; // that it is later now shows when it is claimed: to ask in vain is better than to be late
    }
    m_held.insert(id, {due, ++m_tickets, priority});
    m_buckets.add(due, {id, m_tickets, &lane, priority, due, now});
}

void Dispatcher::askForMore(Stock& stock)
{
    stock.hasMore = false;
    if (!std::exchange(stock.isLow, true))
        Q_EMIT hungry();
}

} // namespace punctual::runtime
