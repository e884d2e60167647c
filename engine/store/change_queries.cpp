// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/change_queries.h"

#include "store/array_literal.h"
#include "store/row.h"

namespace punctual::store
{

Result<void> followChanges(Connection& connection)
{
    return connection.run(QStringLiteral("SELECT punctual.follow_changes()"));
}

Result<ChangeStart> changesFrom(Connection& connection)
{
    ChangeStart start;
    return connection
        .select(QStringLiteral("SELECT transaction, complete_from FROM punctual.changes_from()"), {},
                [&](const QSqlQuery& row) {
                    start.now.transaction = row.value(0).toString().toULongLong();
                    start.complete.transaction = row.value(1).toString().toULongLong();
                })
        .map([&] { return start; });
}

Result<std::vector<ChangeSet>> changesAfter(Connection& connection, const ChangePlace& place, int limit)
{
    std::vector<ChangeSet> sets;
    const auto read = [&sets](const QSqlQuery& row) {
        ChangeSet set;
        set.place = {row.value(0).toString().toULongLong(), row.value(1).toLongLong(), 0};
        set.at = instantAt(row, 2);
        set.destination = row.value(3).toString();
        set.state = parseMessageState(row.value(4).toString()).value_or(MessageState::Unknown);
        for (const auto& id : readArray(row.value(5).toString()))
            set.ids.push_back(MessageId::fromString(id));
        sets.push_back(std::move(set));
    };
    return connection
        .select(QStringLiteral("SELECT transaction, id, at_us, destination, state, ids "
                               "FROM punctual.read_changes(?, ?, ?)"),
                {QString::number(place.transaction), place.id, limit}, read)
        .map([&] { return std::move(sets); });
}

} // namespace punctual::store
