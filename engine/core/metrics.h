// SPDX-License-Identifier: GPL-3.0-or-later
// The figures by which an installation is watched, from the database: every node gives the same.
#pragma once

#include "core/circuit_breaker.h"
#include "core/lateness.h"
#include "core/system_status.h"

#include <optional>

namespace punctual
{

/// Counts begin with the installation and only grow, but for those of `messages`.
struct DestinationMetrics
{
    QString name;
    std::map<MessageState, qint64> messages; // that are in this state
    std::map<MessageState, qint64> attempts; // that brought their message into this state
    Duration lateness{};                     // the sum of all attempts
    LatenessParts latenessParts{};           // where it came from; they add up to it
    LatenessHistogram histogram;
    std::optional<qint64> quotaUsed; // of the period that runs; absent: it has no quota
    std::optional<qint64> quotaLimit;
    std::optional<BreakerState> breaker; // absent: it has none
    bool paused = false;
    bool held = false; // the third party asked to be left alone
};

struct DatabaseMetrics
{
    qint64 bytes = 0;
    qint64 connections = 0;
    qint64 mostConnections = 0;
    Duration oldestTransaction{};
    qint64 liveRows = 0; // of the messages that are not over: estimates
    qint64 deadRows = 0; // of these, what vacuum has still to take away
};

struct Metrics
{
    std::vector<DestinationMetrics> destinations; // the oldest first
    std::vector<NodeStatus> nodes;
    DatabaseMetrics database;
};

} // namespace punctual
