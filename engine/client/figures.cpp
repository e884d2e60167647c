// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/figures.h"

#include "store/destination_queries.h"
#include "store/figure_queries.h"
#include "store/message_queries.h"

#include <algorithm>

namespace punctual::client
{

using namespace std::chrono_literals;
using store::Connection;

namespace
{

constexpr int mostMissed = 500;
constexpr int mostSteps = 300;
constexpr Duration longestWindow = 366 * 24h;

Result<Instant> databaseTime(Connection& connection)
{
    return store::status(connection).map([](const SystemStatus& status) { return status.databaseTime; });
}

/// The one that is wanted, if it has a quota; else the first that has.
const Destination* chooseQuota(const std::vector<Destination>& destinations, const QString& wanted)
{
    const Destination* first = nullptr;
    for (const auto& destination : destinations) {
        if (destination.quota && destination.name == wanted)
            return &destination;
        if (destination.quota && first == nullptr)
            first = &destination;
    }
    return first;
}

Result<std::vector<QuotaMinute>> quotaOf(Connection& connection, const Destination& destination, Figures& all)
{
    all.quotaOf = destination.name;
    all.quotaFrom = std::min(all.from, periodOf(*destination.quota, all.now).start);
    all.quotaStep = std::chrono::ceil<std::chrono::minutes>((all.now - all.quotaFrom) / mostSteps);
    return store::quotaByStep(connection, all.quotaOf, all.quotaFrom, all.now, all.quotaStep);
}

/// One that gives at most as many as a chart shows; from a minute on a whole number of them.
Duration usualStep(Duration span)
{
    const auto step = std::chrono::ceil<std::chrono::seconds>(span / mostSteps);
    return step < 1min ? std::max<Duration>(step, 1s) : std::chrono::ceil<std::chrono::minutes>(step);
}

tl::unexpected<Error> wrongWindow(const char* pointer, const QString& detail)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput,
                                QStringLiteral("The window is not valid."),
                                {{QString::fromLatin1(pointer), detail}}});
}

/// Fills in what is not said. Steps begin where rows do: at whole seconds or, of whole minutes, at minutes.
Result<void> setWindow(WindowFigures& all, const FigureWindow& window, Instant now)
{
    all.now = now;
    all.until = std::chrono::floor<std::chrono::seconds>(window.until.value_or(now - 2s));
    all.from = window.from.value_or(all.until - 5min);
    if (all.from >= all.until)
        return wrongWindow("/from", QStringLiteral("is not before until"));
    if (all.until - all.from > longestWindow)
        return wrongWindow("/from", QStringLiteral("is more than 366 days before until"));
    all.step = window.step.value_or(usualStep(all.until - all.from));
    if (all.step >= 1min && all.step % Duration(1min) != Duration{})
        return wrongWindow("/step", QStringLiteral("is more than a minute, but not a whole number of them"));
    all.from = all.step < 1min ? Instant(std::chrono::floor<std::chrono::seconds>(all.from))
                               : Instant(std::chrono::floor<std::chrono::minutes>(all.from));
    if ((all.until - all.from) / all.step >= mostFigureSteps)
        return wrongWindow("/step", QStringLiteral("gives more than %1 steps").arg(mostFigureSteps));
    return {};
}

} // namespace

Result<Figures> figures(Connection& connection, const FigureSteps& steps)
{
    Figures all;
    all.steps = steps;
    const auto setTime = [&](Instant now) {
        all.now = now;
        all.until = std::chrono::floor<std::chrono::seconds>(now - 2s);
        // Steps begin at the same moments in every answer, so that a chart moves and does not flicker.
        all.from = Instant((all.until - steps.span).time_since_epoch() / steps.step * steps.step);
    };
    return databaseTime(connection)
        .map(setTime)
        .and_then([&] { return store::figurePoints(connection, all.from, all.until, steps.step); })
        .and_then([&](std::vector<FigurePoint> points) {
            all.points = std::move(points);
            return store::backlogAhead(connection, steps.hoursAhead, all.now);
        })
        .and_then([&](BacklogAhead backlog) {
            all.backlog = std::move(backlog);
            return store::destinations(connection);
        })
        .and_then([&](std::vector<Destination> destinations) {
            all.destinations = std::move(destinations);
            const Destination* chosen = chooseQuota(all.destinations, steps.quotaOf);
            return chosen != nullptr ? quotaOf(connection, *chosen, all) : Result<std::vector<QuotaMinute>>();
        })
        .map([&](std::vector<QuotaMinute> quota) {
            all.quota = std::move(quota);
            return std::move(all);
        });
}

Result<WindowFigures> windowFigures(Connection& connection, const FigureWindow& window)
{
    WindowFigures all;
    all.hasCauses = window.destinations.isEmpty();
    return databaseTime(connection)
        .and_then([&](Instant now) { return setWindow(all, window, now); })
        .and_then([&] {
            return store::figurePoints(connection, all.from, all.until, all.step, window.destinations);
        })
        .and_then([&](std::vector<FigurePoint> points) {
            all.points = std::move(points);
            return store::statisticsBetween(connection, all.from, all.until, all.step, window.destinations);
        })
        .and_then([&](std::map<QString, DeliveryStatistics> deliveries) {
            all.deliveries = std::move(deliveries);
            return store::countsOf(connection);
        })
        .map([&](const std::map<QString, std::map<MessageState, qint64>>& counts) {
            for (const auto& [destination, states] : counts)
                if (all.hasCauses || window.destinations.contains(destination))
                    all.messages.emplace(destination, states);
            return std::move(all);
        });
}

Result<std::vector<DestinationFigures>> destinationFigures(Connection& connection)
{
    std::map<QString, std::map<MessageState, qint64>> counts;
    std::map<QString, DeliveryStatistics> statistics;
    return store::countsOf(connection)
        .and_then([&](std::map<QString, std::map<MessageState, qint64>> read) {
            counts = std::move(read);
            return store::statisticsOf(connection, lately);
        })
        .and_then([&](std::map<QString, DeliveryStatistics> read) {
            statistics = std::move(read);
            return store::destinations(connection);
        })
        .map([&](const std::vector<Destination>& destinations) {
            std::vector<DestinationFigures> all;
            all.reserve(destinations.size());
            for (const auto& destination : destinations)
                all.push_back({destination, counts[destination.name], statistics[destination.name]});
            return all;
        });
}

Result<HealthFigures> healthFigures(Connection& connection)
{
    HealthFigures health;
    SystemStatus status;
    return store::status(connection)
        .and_then([&](SystemStatus read) {
            status = std::move(read);
            return store::statisticsOfNodes(connection, 1min);
        })
        .and_then([&](std::map<QUuid, DeliveryStatistics> statistics) {
            health.now = status.databaseTime;
            for (const auto& node : status.nodes)
                health.nodes.push_back({node, statistics[node.id]});
            return store::databaseHealth(connection);
        })
        .and_then([&](const DatabaseHealth& database) {
            health.database = database;
            return store::missed(connection, 24h * 7, mostMissed);
        })
        .map([&](std::vector<MissedMessage> missed) {
            health.missed = std::move(missed);
            return std::move(health);
        });
}

} // namespace punctual::client
