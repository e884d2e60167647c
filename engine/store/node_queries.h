// SPDX-License-Identifier: GPL-3.0-or-later
// What a node asks: shards, the messages that come next, claims, outcomes. Everything in batches.
#pragma once

#include "core/attempt.h"
#include "store/connection.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual::store
{

/// A node as the database knows it; the epoch changes when it lost its lease and joined again.
struct NodeKey
{
    QUuid id;
    qint64 epoch = 0;
};

struct KeptShards
{
    std::vector<int> shards;
    bool leaseLost = false; // join again
};

/// A queue of the dispatcher: one destination and priority, and how many more messages it can hold.
struct LaneRoom
{
    QString destination;
    Priority priority = Priority::Normal;
    int most = 0;
};

struct Waiting
{
    std::size_t lane = 0; // position in the LaneRooms asked with
    MessageId id;
    Instant nextAttemptAt;
};

struct Claim
{
    MessageId id;
    int attempt = 0;
    int maxAttempts = 0;
    Instant dueAt;
    Instant plannedAt; // when this attempt was to leave
    Instant deadline;  // the claim is good until then; afterwards another node may take it
    QString key = {};
    Content content;
    Instant claimedAt;
    QByteArray retry = {};   // JSON: the parts of a retry policy that go before the destination's
    QString unreadable = {}; // why its secret headers could not be opened: it cannot be sent so
};

struct AttemptRecord
{
    Attempt attempt;
    MessageState state = MessageState::Dead; // what the message becomes
    Instant nextAttemptAt;                   // for `retrying`
    QString destination = {};                // with a key: what stands behind it may go when it is over
    QString key = {};
};

[[nodiscard]] Result<NodeKey> joinNode(Connection& connection, const QUuid& id, const QString& name);
/// `clockOffset`: how far this machine's clock is ahead of the database's, if it is known. `leaving`: hands
/// the shards over to others and keeps the lease alone, for what is claimed. `locked`: the destinations to
/// which the node sends nothing, and why; nothing: as before.
[[nodiscard]] Result<KeptShards> keepShards(Connection& connection, const NodeKey& node, Duration lease,
                                            std::optional<Duration> clockOffset = {}, bool leaving = false,
                                            const std::optional<QJsonObject>& locked = {});
/// The server's clock, while it answered: by itself, as the answer to what writes comes after the disk.
[[nodiscard]] Result<Instant> databaseTime(Connection& connection);
[[nodiscard]] Result<void> leaveNode(Connection& connection, const NodeKey& node);

[[nodiscard]] Result<std::vector<Waiting>> readAhead(Connection& connection, const NodeKey& node,
                                                     Instant until, const std::vector<LaneRoom>& rooms);

/// A message as a notification of `punctual_due` tells of it, when a few are due at once.
struct DueSoon
{
    int shard = 0;
    QString destination;
    Priority priority = Priority::Normal;
    MessageId id;
    Instant dueAt;
};
/// Nothing when the notification names none: then readAhead() tells.
[[nodiscard]] std::vector<DueSoon> readDueSoon(const QString& payload);

/// What does not come back must not be sent.
[[nodiscard]] Result<std::vector<Claim>> claim(Connection& connection, const NodeKey& node,
                                               const std::vector<MessageId>& ids, Duration ahead);

/// After a claim() that failed: it may have been done although its answer got lost. What is there of it waits
/// again. Gives how many messages.
[[nodiscard]] Result<int> giveBack(Connection& connection, const NodeKey& node,
                                   const std::vector<MessageId>& ids);

/// Gives how many of them were still this node's.
[[nodiscard]] Result<std::size_t> record(Connection& connection, const NodeKey& node,
                                         const std::vector<AttemptRecord>& records);

struct Rescued
{
    int lookedAt = 0; // calls of claim(), at most the limit
    int over = 0;     // of them: nothing of them is being delivered any more
    int messages = 0; // moved
};
/// `others`: not only this node's own claims whose deadlines have passed, but those of others too, and those
/// of dead nodes at once.
[[nodiscard]] Result<Rescued> rescue(Connection& connection, const NodeKey& node,
                                     const std::vector<MessageId>& inFlight, bool others, int limit);
/// Gives how many messages it moved, at most `limit`.
[[nodiscard]] Result<int> expire(Connection& connection, const NodeKey& node, int limit);

/// What has to happen once in a while, on one node only.
[[nodiscard]] Result<void> foldCounters(Connection& connection);
/// Seals what can be sealed of the audit, up to 100,000 rows.
[[nodiscard]] Result<void> sealAudit(Connection& connection);
/// Makes the partitions of the next days and drops those that are older than the retention.
[[nodiscard]] Result<void> tidy(Connection& connection);

/// For all nodes of the installation; from 1 day to 36,500.
[[nodiscard]] Result<void> setAuditRetention(Connection& connection, std::chrono::days retention);
[[nodiscard]] Result<void> setRetention(Connection& connection, std::chrono::days retention);

} // namespace punctual::store
