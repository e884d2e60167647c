// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/figure_queries.h"

#include "store/array_literal.h"
#include "store/row.h"

namespace punctual::store
{

using namespace std::chrono_literals;

namespace
{

constexpr int mostCauses = 100; // that are looked at, of a step

/// Sums of the columns that both tables of statistics have: seven columns.
QString sums()
{
    // A sum a place of the array: of what was tried it is by far the fastest.
    QStringList counts;
    for (std::size_t i = 1; i <= LatenessHistogram::Counts().size(); ++i)
        counts << QStringLiteral("sum(counts[%1])").arg(i);
    return QStringLiteral("sum(attempts), sum(delivered), sum(retrying), sum(dead), sum(unknown), "
                          "max(most_late_us), ARRAY[%1]::bigint[]")
        .arg(counts.join(QStringLiteral(", ")));
}

DeliveryStatistics readSums(const QSqlQuery& row, int first)
{
    DeliveryStatistics read;
    read.attempts = row.value(first).toLongLong();
    read.delivered = row.value(first + 1).toLongLong();
    read.retrying = row.value(first + 2).toLongLong();
    read.dead = row.value(first + 3).toLongLong();
    read.unknown = row.value(first + 4).toLongLong();
    read.mostLate = Duration(row.value(first + 5).toLongLong());
    LatenessHistogram::Counts counts{};
    const auto words = readArray(row.value(first + 6).toString());
    for (std::size_t i = 0; i < std::min(words.size(), counts.size()); ++i)
        counts[i] = words[i].toLongLong();
    read.histogram.add(counts);
    return read;
}

struct Source
{
    QString table;
    QString time; // its column
};

/// The table that has the figures of steps of this length.
Source sourceOf(Duration step)
{
    return step >= 1min ? Source{QStringLiteral("delivery_minutes"), QStringLiteral("minute")}
                        : Source{QStringLiteral("delivery_statistics"), QStringLiteral("second")};
}

/// Rows of a span, of these destinations or, if none is named, of all: three parameters.
QString spanOf(const Source& source, const QStringList& destinations)
{
    return QStringLiteral("WHERE %1 >= punctual.instant(?) AND %1 < punctual.instant(?) AND %2")
        .arg(source.time, destinations.isEmpty() ? QStringLiteral("?::text[] = '{}'")
                                                 : QStringLiteral("destination = ANY (?::text[])"));
}

std::vector<FigurePoint> emptyPoints(Instant from, Instant until, Duration step)
{
    std::vector<FigurePoint> points;
    for (Instant start = from; start < until; start += step) {
        points.emplace_back().start = start;
        points.back().deliveries.second = std::chrono::floor<std::chrono::seconds>(start);
    }
    return points;
}

/// Of more failures than were looked at, what was seen stands for all.
void scale(FigurePoint& point)
{
    qint64 seen = 0;
    for (const auto count : point.causes)
        seen += count;
    const qint64 all = point.deliveries.retrying + point.deliveries.unknown;
    if (seen < mostCauses || all <= seen)
        return;
    for (auto& count : point.causes)
        count = count * all / seen;
}

Result<void> addCauses(Connection& connection, std::vector<FigurePoint>& points, Instant from, Duration step)
{
    return connection
        .select(QStringLiteral("SELECT step, cause, count FROM punctual.failure_causes(?, ?, ?, ?)"),
                {toMicroseconds(from), qint64(step.count()), int(points.size()), mostCauses},
                [&](const QSqlQuery& row) {
                    points.at(row.value(0).toUInt()).causes.at(row.value(1).toUInt()) =
                        row.value(2).toLongLong();
                })
        .map([&] { std::for_each(points.begin(), points.end(), scale); });
}

} // namespace

Result<std::vector<FigurePoint>> figurePoints(Connection& connection, Instant from, Instant until,
                                              Duration step, const QStringList& destinations)
{
    auto points = emptyPoints(from, until, step);
    const Source source = sourceOf(step);
    const QString sql =
        QStringLiteral("SELECT (punctual.micros(%1) - ?) / ?, %2 FROM punctual.%3 %4 GROUP BY 1")
            .arg(source.time, sums(), source.table, spanOf(source, destinations));
    return connection
        .select(sql,
                {toMicroseconds(from), qint64(step.count()), toMicroseconds(from), toMicroseconds(until),
                 arrayOf(destinations)},
                [&](const QSqlQuery& row) {
                    auto& point = points.at(static_cast<std::size_t>(row.value(0).toLongLong()));
                    const auto second = point.deliveries.second;
                    point.deliveries = readSums(row, 1);
                    point.deliveries.second = second;
                })
        .and_then([&] {
            return destinations.isEmpty() ? addCauses(connection, points, from, step) : Result<void>();
        })
        .map([&] { return std::move(points); });
}

Result<std::map<QString, DeliveryStatistics>> statisticsBetween(Connection& connection, Instant from,
                                                                Instant until, Duration step,
                                                                const QStringList& destinations)
{
    std::map<QString, DeliveryStatistics> all;
    const Source source = sourceOf(step);
    return connection
        .select(QStringLiteral("SELECT destination, %1 FROM punctual.%2 %3 GROUP BY 1")
                    .arg(sums(), source.table, spanOf(source, destinations)),
                {toMicroseconds(from), toMicroseconds(until), arrayOf(destinations)},
                [&](const QSqlQuery& row) { all.emplace(row.value(0).toString(), readSums(row, 1)); })
        .map([&] { return std::move(all); });
}

Result<BacklogAhead> backlogAhead(Connection& connection, int hours, Instant now)
{
    BacklogAhead backlog;
    const auto first = std::chrono::floor<std::chrono::hours>(now);
    for (int hour = 0; hour < hours; ++hour)
        backlog.hours.push_back({first + std::chrono::hours(hour), 0});
    return connection
        .select(QStringLiteral("SELECT hour_us, count, is_estimate FROM punctual.backlog_ahead(?)"), {hours},
                [&](const QSqlQuery& row) {
                    if (row.isNull(0)) {
                        backlog.due = row.value(1).toLongLong();
                        backlog.dueIsAtLeast = row.value(2).toBool();
                        return;
                    }
                    backlog.isEstimate = row.value(2).toBool();
                    for (auto& hour : backlog.hours)
                        if (hour.hour == instantAt(row, 0))
                            hour.count = row.value(1).toLongLong();
                })
        .map([&] { return std::move(backlog); });
}

Result<std::vector<QuotaMinute>> quotaByStep(Connection& connection, const QString& destination, Instant from,
                                             Instant until, Duration step)
{
    std::vector<QuotaMinute> minutes;
    return connection
        .select(
            QStringLiteral("SELECT DISTINCT ON ((punctual.micros(minute) - ?) / ?) punctual.micros(minute), "
                           "used, quota, punctual.micros(resets_at) FROM punctual.quota_statistics "
                           "WHERE destination = ? AND minute >= punctual.instant(?) "
                           "AND minute < punctual.instant(?) "
                           "ORDER BY (punctual.micros(minute) - ?) / ?, minute DESC"),
            {toMicroseconds(from), qint64(step.count()), destination, toMicroseconds(from),
             toMicroseconds(until), toMicroseconds(from), qint64(step.count())},
            [&](const QSqlQuery& row) {
                minutes.push_back({instantAt(row, 0), row.value(1).toLongLong(), row.value(2).toLongLong(),
                                   instantAt(row, 3)});
            })
        .map([&] { return std::move(minutes); });
}

Result<std::map<QString, DeliveryStatistics>> statisticsOf(Connection& connection, Duration span)
{
    std::map<QString, DeliveryStatistics> all;
    return connection
        .select(QStringLiteral("SELECT destination, %1 FROM punctual.delivery_statistics "
                               "WHERE second >= now() - ? * interval '1 microsecond' GROUP BY 1")
                    .arg(sums()),
                {qint64(span.count())},
                [&](const QSqlQuery& row) { all.emplace(row.value(0).toString(), readSums(row, 1)); })
        .map([&] { return std::move(all); });
}

Result<std::map<QString, std::map<MessageState, qint64>>> countsOf(Connection& connection)
{
    std::map<QString, std::map<MessageState, qint64>> all;
    return connection
        .select(QStringLiteral("SELECT destination, state, sum(count) FROM ("
                               "SELECT destination, state, count FROM punctual.counters UNION ALL "
                               "SELECT destination, state, change FROM punctual.counter_changes) AS c "
                               "GROUP BY 1, 2"),
                {},
                [&](const QSqlQuery& row) {
                    if (const auto state = parseMessageState(row.value(1).toString()))
                        all[row.value(0).toString()][*state] = row.value(2).toLongLong();
                })
        .map([&] { return std::move(all); });
}

Result<std::map<QUuid, DeliveryStatistics>> statisticsOfNodes(Connection& connection, Duration span)
{
    std::map<QUuid, DeliveryStatistics> all;
    return connection
        .select(QStringLiteral("SELECT node, %1, sum(parts_us[%2]) FROM punctual.delivery_statistics "
                               "WHERE second >= now() - ? * interval '1 microsecond' GROUP BY 1")
                    .arg(sums())
                    .arg(int(LatenessPart::Claim) + 1),
                {qint64(span.count())},
                [&](const QSqlQuery& row) {
                    auto read = readSums(row, 1);
                    read.parts[std::size_t(LatenessPart::Claim)] = Duration(row.value(8).toLongLong());
                    all.emplace(uuidAt(row, 0), read);
                })
        .map([&] { return std::move(all); });
}

Result<DatabaseHealth> databaseHealth(Connection& connection)
{
    DatabaseHealth health;
    return connection
        .select(QStringLiteral("SELECT live_rows, dead_rows, vacuumed_us, oldest_us, oldest_pid, "
                               "oldest_program, oldest_user, oldest_state, notification_share, connections, "
                               "most_connections FROM punctual.database_health()"),
                {},
                [&](const QSqlQuery& row) {
                    health.liveRows = row.value(0).toLongLong();
                    health.deadRows = row.value(1).toLongLong();
                    health.vacuumedAt = optionalInstantAt(row, 2);
                    if (!row.isNull(3))
                        health.oldest = {instantAt(row, 3), row.value(4).toInt(), row.value(5).toString(),
                                         row.value(6).toString(),
                                         row.value(7).toString().startsWith(QStringLiteral("idle"))};
                    health.notificationShare = row.value(8).toDouble();
                    health.connections = row.value(9).toLongLong();
                    health.mostConnections = row.value(10).toInt();
                })
        .map([&] { return health; });
}

} // namespace punctual::store
