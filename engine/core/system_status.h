// SPDX-License-Identifier: GPL-3.0-or-later
// How the installation is doing, from the database's own figures.
#pragma once

#include "core/message_state.h"
#include "core/time.h"

#include <QString>
#include <QUuid>

#include <map>
#include <optional>
#include <vector>

namespace punctual
{

struct NodeStatus
{
    QUuid id;
    QString name; // host and process
    Instant startedAt;
    Instant lastSeenAt;
    int shards = 0;
    bool alive = false;
    std::optional<Duration> clockOffset; // of its machine's clock, ahead of the database's
    QString version{};                   // of the program
    std::map<QString, QString> locked{}; // destinations to which it sends nothing, and why
};

struct SystemStatus
{
    Instant databaseTime;
    std::map<MessageState, qint64> messages; // from maintained counters
    std::vector<NodeStatus> nodes;

    /// Messages that wait or are on their way.
    [[nodiscard]] qint64 backlog() const
    {
        qint64 sum = 0;
        for (const auto& [state, count] : messages)
            sum += isFinal(state) ? 0 : count;
        return sum;
    }

    [[nodiscard]] std::size_t liveNodes() const
    {
        std::size_t count = 0;
        for (const auto& node : nodes)
            count += node.alive ? 1 : 0;
        return count;
    }
};

} // namespace punctual
