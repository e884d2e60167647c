// SPDX-License-Identifier: GPL-3.0-or-later
// A store with bulk operations, which are worked off when a test says so.
#pragma once

#include "store/operation_queries.h"
#include "store_fixture.h"

namespace punctual::test
{

class OperationFixture : public StoreFixture
{
public:
    [[nodiscard]] Result<QUuid> tryToStart(const NewOperation& wanted)
    {
        return connection.transaction(someActor(Role::Operator),
                                      [&] { return store::startOperation(connection, wanted); });
    }

    QUuid start(const NewOperation& wanted)
    {
        const auto id = tryToStart(wanted);
        if (!id)
            qFatal("not started: %s", qPrintable(id.error().detail));
        return *id;
    }

    [[nodiscard]] Operation operation(const QUuid& id)
    {
        return store::operation(connection, id).value().value();
    }

    /// Works everything off; waits for what may not go yet.
    void work()
    {
        for (;;) {
            const auto worked = store::workOperation(connection, node.id, 1000);
            if (!worked)
                qFatal("not worked: %s", qPrintable(worked.error().detail));
            if (!worked->wait)
                return;
        }
    }

    Operation run(const NewOperation& wanted)
    {
        const auto id = start(wanted);
        work();
        return operation(id);
    }

    std::vector<MessageId> scheduleMany(int count, Duration delay = std::chrono::hours(1))
    {
        std::vector<NewMessage> messages;
        std::vector<MessageId> ids;
        for (int i = 0; i < count; ++i) {
            messages.push_back(messageFor(QStringLiteral("orders"), delay));
            ids.push_back(messages.back().id);
        }
        if (!store::schedule(connection, messages, std::nullopt))
            qFatal("not scheduled");
        return ids;
    }

    [[nodiscard]] int countIn(const char* state)
    {
        return database
            .value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = '%1'")
                       .arg(QString::fromLatin1(state)))
            .toInt();
    }

    /// What the counters say that the rows do not; empty is right.
    [[nodiscard]] QString countersProblem()
    {
        return database
            .value(QStringLiteral(
                "SELECT string_agg(concat_ws(' ', destination, state, counted, there), ', ') FROM ("
                "SELECT destination, state, sum(n) FILTER (WHERE kind = 1) AS counted, "
                "sum(n) FILTER (WHERE kind = 2) AS there FROM ("
                "SELECT destination, state, count AS n, 1 AS kind FROM punctual.counters UNION ALL "
                "SELECT destination, state, change, 1 FROM punctual.counter_changes UNION ALL "
                "SELECT destination, state, count(*), 2 FROM punctual.messages GROUP BY 1, 2) AS a "
                "GROUP BY 1, 2) AS b WHERE coalesce(counted, 0) <> coalesce(there, 0)"))
            .toString();
    }
};

} // namespace punctual::test
