// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statistics_queries.h"

#include "store/array_literal.h"
#include "store/row.h"

namespace punctual::store
{

namespace
{

QString literalOf(const LatenessParts& parts)
{
    ArrayLiteral literal(parts.size());
    for (const auto part : parts)
        literal.add(qint64(part.count()));
    return literal.text();
}

template <class Values>
void readNumbers(const QString& text, Values& values)
{
    const auto words = readArray(text);
    for (std::size_t i = 0; i < std::min(words.size(), values.size()); ++i)
        values[i] = typename Values::value_type(words[i].toLongLong());
}

DeliveryStatistics readStatistics(const QSqlQuery& row)
{
    DeliveryStatistics read;
    read.second = std::chrono::floor<std::chrono::seconds>(instantAt(row, 0));
    read.destination = row.value(1).toString();
    read.attempts = row.value(2).toLongLong();
    read.delivered = row.value(3).toLongLong();
    read.retrying = row.value(4).toLongLong();
    read.dead = row.value(5).toLongLong();
    read.unknown = row.value(6).toLongLong();
    read.lateness = Duration(row.value(7).toLongLong());
    read.mostLate = Duration(row.value(8).toLongLong());
    readNumbers(row.value(9).toString(), read.parts);
    LatenessHistogram::Counts counts{};
    readNumbers(row.value(10).toString(), counts);
    read.histogram.add(counts);
    return read;
}

} // namespace

Result<void> addStatistics(Connection& connection, const QUuid& node,
                           const std::vector<DeliveryStatistics>& rows)
{
    const auto n = rows.size();
    ArrayParameter seconds(SqlType::Bigint, n), destinations(SqlType::Text, n), attempts(SqlType::Bigint, n),
        delivered(SqlType::Bigint, n), retrying(SqlType::Bigint, n), dead(SqlType::Bigint, n),
        unknown(SqlType::Bigint, n), latenesses(SqlType::Bigint, n), worst(SqlType::Bigint, n),
        parts(SqlType::Text, n), counts(SqlType::Text, n);
    for (const auto& row : rows) {
        seconds.add(qint64(row.second.time_since_epoch().count()));
        destinations.add(row.destination);
        attempts.add(row.attempts);
        delivered.add(row.delivered);
        retrying.add(row.retrying);
        dead.add(row.dead);
        unknown.add(row.unknown);
        latenesses.add(qint64(row.lateness.count()));
        worst.add(qint64(row.mostLate.count()));
        parts.add(literalOf(row.parts));
        counts.add(arrayOf(row.histogram.counts()));
    }
    Parameters parameters;
    parameters.add(node).add(std::move(seconds)).add(std::move(destinations)).add(std::move(attempts));
    parameters.add(std::move(delivered)).add(std::move(retrying)).add(std::move(dead));
    parameters.add(std::move(unknown)).add(std::move(latenesses)).add(std::move(worst));
    parameters.add(std::move(parts)).add(std::move(counts));
    return connection.call(
        "SELECT punctual.add_statistics($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", parameters,
        [](const BinaryRow&) {});
}

Result<std::vector<DeliveryStatistics>> statistics(Connection& connection, Instant from, Instant until)
{
    // The arrays of the nodes come as they are: adding them up is easier here than in SQL.
    std::vector<DeliveryStatistics> rows;
    return connection
        .select(
            QStringLiteral(
                "SELECT punctual.micros(second), destination, attempts, delivered, retrying, dead, unknown, "
                "lateness_us, most_late_us, parts_us, counts FROM punctual.delivery_statistics "
                "WHERE second >= punctual.instant(?) AND second < punctual.instant(?) "
                "ORDER BY second, destination"),
            {toMicroseconds(from), toMicroseconds(until)},
            [&](const QSqlQuery& row) {
                const auto read = readStatistics(row);
                const bool same = !rows.empty() && rows.back().second == read.second &&
                                  rows.back().destination == read.destination;
                if (same)
                    rows.back().add(read);
                else
                    rows.push_back(read);
            })
        .map([&] { return std::move(rows); });
}

} // namespace punctual::store
