// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of a window show of an installation: figures by step of time, and how destinations, nodes
// and the database are doing.
#pragma once

#include "core/attempt_result.h"
#include "core/delivery_statistics.h"
#include "core/destination.h"
#include "core/missed_message.h"
#include "core/quota_history.h"
#include "core/system_status.h"

#include <array>
#include <map>
#include <optional>
#include <vector>

namespace punctual
{

/// The steps of time that figures are asked for: the last one ends two seconds ago at the latest, when nodes
/// have written what they counted.
struct FigureSteps
{
    Duration span = std::chrono::minutes(5);
    Duration step = std::chrono::seconds(1); // from a minute on a whole number of them
    QString quotaOf{}; // the destination whose quota is followed; empty: the first that has one
    int hoursAhead = 24;

    friend bool operator==(const FigureSteps&, const FigureSteps&) = default;
};

struct FigurePoint
{
    Instant start;
    DeliveryStatistics deliveries; // without parts
    CauseCounts causes{};
};

struct BacklogHour
{
    Instant hour;
    qint64 count = 0;
};

struct BacklogAhead
{
    qint64 due = 0;                 // already
    bool dueIsAtLeast = false;      // not all of them were counted
    std::vector<BacklogHour> hours; // every one, the present one first
    bool isEstimate = false;        // the hours
};

struct Figures
{
    FigureSteps steps;
    Instant now;
    Instant from;
    Instant until;
    std::vector<FigurePoint> points; // every step, oldest first; the last one may be shorter
    BacklogAhead backlog;
    std::vector<Destination> destinations;
    QString quotaOf;   // empty: none has a quota
    Instant quotaFrom; // the beginning of its period, or of the span if that is earlier
    Duration quotaStep{};
    std::vector<QuotaMinute> quota; // of that destination, at most one a step
};

/// A destination with its counts, and what came of the attempts of the last five minutes.
struct DestinationFigures
{
    Destination destination;
    std::map<MessageState, qint64> messages;
    DeliveryStatistics lately;
};
inline constexpr Duration lately = std::chrono::minutes(5);

/// The figures of any span of time, by step.
struct FigureWindow
{
    std::optional<Instant> from;  // five minutes before its end
    std::optional<Instant> until; // two seconds ago, when nodes have written what they counted
    std::optional<Duration> step; // one that gives at most 300 of them
    QStringList destinations{};   // of these; empty: of all
};
inline constexpr int mostFigureSteps = 500;

struct WindowFigures
{
    Instant now;
    Instant from;
    Instant until;
    Duration step{};
    std::vector<FigurePoint> points; // every step, oldest first; the last one may be shorter
    bool hasCauses = false;          // attempts are not kept by destination: only of all of them
    std::map<QString, std::map<MessageState, qint64>> messages; // by destination
    std::map<QString, DeliveryStatistics> deliveries;           // by destination, of the whole window
};

/// How the database of the queue is doing.
struct DatabaseHealth
{
    struct Transaction
    {
        Instant startedAt;
        int processId = 0;
        QString program;
        QString user;
        bool isIdle = false; // nothing is running in it
    };

    qint64 liveRows = 0; // of waiting messages, by PostgreSQL's own estimate
    qint64 deadRows = 0; // old versions that are not cleaned up yet
    std::optional<Instant> vacuumedAt;
    std::optional<Transaction> oldest; // that is open
    double notificationShare = 0;      // of the room for notifications, 0 to 1
    qint64 connections = 0;
    int mostConnections = 0;
};

struct NodeFigures
{
    NodeStatus node;
    DeliveryStatistics lately; // of the last minute; of the parts, only that of the claim
};

struct HealthFigures
{
    Instant now;
    std::vector<NodeFigures> nodes;
    DatabaseHealth database;
    std::vector<MissedMessage> missed; // of the last week, the latest first
};

} // namespace punctual
