// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/figures_json.h"

#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual
{

namespace
{

/// Lateness is told in milliseconds, with a fraction.
double milliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

QJsonObject countsOf(const std::map<MessageState, qint64>& messages)
{
    QJsonObject counts;
    for (const auto& [state, count] : messages)
        counts.insert(toText(state), count);
    return counts;
}

/// What attempts came to, and how late they left: null without any.
QJsonObject toJson(const DeliveryStatistics& deliveries)
{
    QJsonValue lateness;
    if (deliveries.attempts > 0)
        lateness = QJsonObject{{QStringLiteral("p50"), milliseconds(deliveries.percentile(0.5))},
                               {QStringLiteral("p90"), milliseconds(deliveries.percentile(0.9))},
                               {QStringLiteral("p99"), milliseconds(deliveries.percentile(0.99))},
                               {QStringLiteral("max"), milliseconds(deliveries.mostLate)}};
    return {{QStringLiteral("attempts"), deliveries.attempts},
            {QStringLiteral("delivered"), deliveries.delivered},
            {QStringLiteral("retrying"), deliveries.retrying},
            {QStringLiteral("dead"), deliveries.dead},
            {QStringLiteral("unknown"), deliveries.unknown},
            {QStringLiteral("lateness_ms"), lateness}};
}

QJsonObject toJson(const CauseCounts& causes)
{
    QJsonObject object;
    for (std::size_t cause = 0; cause < retryCauses; ++cause)
        object.insert(toText(allAttemptResults[cause]), causes[cause]);
    return object;
}

} // namespace

QJsonObject toJson(const NodeStatus& node)
{
    QJsonObject locked;
    for (const auto& [destination, reason] : node.locked)
        locked.insert(destination, reason);
    return {{QStringLiteral("id"), toText(node.id)},
            {QStringLiteral("name"), node.name},
            {QStringLiteral("version"), node.version},
            {QStringLiteral("alive"), node.alive},
            {QStringLiteral("shards"), node.shards},
            {QStringLiteral("clock_offset_ms"),
             node.clockOffset ? QJsonValue(toMilliseconds(*node.clockOffset)) : QJsonValue()},
            {QStringLiteral("locked"), locked},
            {QStringLiteral("started_at"), toRfc3339(node.startedAt)},
            {QStringLiteral("last_seen_at"), toRfc3339(node.lastSeenAt)}};
}

QJsonObject toJson(const WindowFigures& figures)
{
    DeliveryStatistics total;
    CauseCounts causes{};
    QJsonArray points;
    for (const auto& point : figures.points) {
        total.add(point.deliveries);
        QJsonObject object = toJson(point.deliveries);
        object.insert(QStringLiteral("at"), toRfc3339(point.start));
        points.append(object);
        for (std::size_t i = 0; i < causes.size(); ++i)
            causes[i] += point.causes[i];
    }
    std::map<MessageState, qint64> messages;
    QJsonObject destinations;
    for (const auto& [name, states] : figures.messages) {
        for (const auto& [state, count] : states)
            messages[state] += count;
        const auto deliveries = figures.deliveries.find(name);
        QJsonObject object =
            toJson(deliveries == figures.deliveries.end() ? DeliveryStatistics() : deliveries->second);
        object.insert(QStringLiteral("messages"), countsOf(states));
        destinations.insert(name, object);
    }
    QJsonObject object = toJson(total);
    object.insert(QStringLiteral("from"), toRfc3339(figures.from));
    object.insert(QStringLiteral("until"), toRfc3339(figures.until));
    object.insert(QStringLiteral("step"),
                  qint64(std::chrono::duration_cast<std::chrono::seconds>(figures.step).count()));
    object.insert(QStringLiteral("messages"), countsOf(messages));
    object.insert(QStringLiteral("retries_by_cause"),
                  figures.hasCauses ? QJsonValue(toJson(causes)) : QJsonValue());
    object.insert(QStringLiteral("destinations"), destinations);
    object.insert(QStringLiteral("points"), points);
    return object;
}

} // namespace punctual
