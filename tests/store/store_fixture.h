// SPDX-License-Identifier: GPL-3.0-or-later
// A database of its own with a destination, a node that owns all shards, and messages in any state.
#pragma once

#include "core/uuid_v7.h"
#include "store/destination_queries.h"
#include "store/message_queries.h"
#include "store/node_queries.h"
#include "support/factories.h"
#include "support/test_database.h"
#include "support/test_main.h"

namespace punctual::test
{

inline Instant systemNow()
{
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

class StoreFixture
{
public:
    TestDatabase database;
    store::Connection connection{database.address(), QStringLiteral("test")};
    store::NodeKey node;

    StoreFixture()
    {
        const auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
        if (!store::putDestination(connection, destination))
            qFatal("no destination");
        node = join();
    }

    store::NodeKey join(Duration lease = std::chrono::hours(1))
    {
        const auto joined = store::joinNode(connection, makeUuidV7(systemNow()), QStringLiteral("node"));
        if (!joined || !store::keepShards(connection, *joined, lease))
            qFatal("the node cannot join");
        return *joined;
    }

    MessageId schedule(NewMessage message)
    {
        const auto scheduled = store::schedule(connection, {message}, std::nullopt);
        if (!scheduled)
            qFatal("not scheduled: %s", qPrintable(scheduled.error().detail));
        return message.id;
    }

    MessageId scheduleNow() { return schedule(messageFor(QStringLiteral("orders"))); }

    std::size_t claim(const std::vector<MessageId>& ids, Duration ahead = {})
    {
        return store::claim(connection, node, ids, ahead)
            .map([](const auto& claims) { return claims.size(); })
            .value();
    }

    /// Records what the only attempt of a claimed message came to.
    std::size_t record(const MessageId& id, MessageState state, int number = 1)
    {
        const Instant now = systemNow();
        const Outcome outcome = state == MessageState::Delivered ? Outcome::Delivered : Outcome::Failed;
        const Attempt attempt{id, number, node.id, outcome, 200,
                              {}, "ok",   now,     now,     std::chrono::milliseconds(1)};
        return store::record(connection, node, {{attempt, state, now}}).value();
    }

    QString stateOf(const MessageId& id)
    {
        return database
            .value(QStringLiteral("SELECT state FROM punctual.messages WHERE id = '%1'").arg(toText(id)))
            .toString();
    }

    /// As if the claims had been made long ago.
    void passDeadlines()
    {
        database.exec(QStringLiteral("UPDATE punctual.messages SET claim_deadline = now() - interval '1 s' "
                                     "WHERE state = 'delivering'"));
        database.exec(QStringLiteral("UPDATE punctual.claims SET deadline = now() - interval '1 s'"));
    }

    int claimsKept()
    {
        return database.value(QStringLiteral("SELECT count(*) FROM punctual.claims")).toInt();
    }

    /// A message that took the ordinary way to this state.
    MessageId messageIn(MessageState state);
};

inline MessageId StoreFixture::messageIn(MessageState state)
{
    using namespace std::chrono_literals;
    // Cancelled in good time, so that it can be restored; everything else is due.
    auto message =
        messageFor(QStringLiteral("orders"), state == MessageState::Cancelled ? Duration(1h) : Duration{});
    if (state == MessageState::Expired)
        message.expiresAfter = 1ms;
    const auto id = schedule(message);
    switch (state) {
    case MessageState::Scheduled:
        break;
    case MessageState::Cancelled:
        (void)store::cancel(connection, id);
        break;
    case MessageState::Expired:
        database.exec(QStringLiteral("UPDATE punctual.messages SET expires_at = now() - interval '1 s'"
                                     " WHERE id = '%1'")
                          .arg(toText(id)));
        (void)store::expire(connection, node, 10);
        break;
    case MessageState::Delivering:
        claim({id});
        break;
    default:
        claim({id});
        record(id, state);
    }
    return id;
}

} // namespace punctual::test
