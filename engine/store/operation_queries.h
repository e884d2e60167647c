// SPDX-License-Identifier: GPL-3.0-or-later
// Replays, dead letters and bulk operations: see 0005_operations.sql.
#pragma once

#include "core/dead_letters.h"
#include "core/operation.h"
#include "core/scheduled.h"
#include "store/connection.h"

#include <optional>

namespace punctual::store
{

/// The state of the old message, and the id of the new one if the old one is over.
struct ReplayedId
{
    std::optional<MessageState> state;
    std::optional<MessageId> replay;
};
/// Conflict for an idempotency key that was used with other content.
[[nodiscard]] Result<ReplayedId> replay(Connection& connection, const MessageId& id,
                                        const ReplayChange& change,
                                        const std::optional<Idempotency>& idempotency = {});
/// Of this message, the newest first.
[[nodiscard]] Result<std::vector<MessageId>> replays(Connection& connection, const MessageId& id, int limit);

/// Of one destination, or of all for an empty name.
[[nodiscard]] Result<DeadLetterPage> deadLetters(Connection& connection, const QString& destination,
                                                 const std::optional<DeadLetterCursor>& after, int limit);

[[nodiscard]] Result<OperationPreview> previewOperation(Connection& connection, const NewOperation& wanted);
/// In a transaction: it may take longer than other statements. Conflict for an idempotency key that was used
/// with other content.
[[nodiscard]] Result<QUuid> startOperation(Connection& connection, const NewOperation& wanted,
                                           const std::optional<Idempotency>& idempotency = {});
/// Gives the state it has now; nothing if there is none.
[[nodiscard]] Result<std::optional<OperationState>> abortOperation(Connection& connection, const QUuid& id);
/// Gives the id of the operation that undoes it. Conflict while it runs, and if it cannot be undone.
[[nodiscard]] Result<QUuid> undoOperation(Connection& connection, const QUuid& id);

/// Nothing if there is none.
[[nodiscard]] Result<std::optional<Operation>> operation(Connection& connection, const QUuid& id);
[[nodiscard]] Result<OperationPage> operations(Connection& connection, const std::optional<QUuid>& after,
                                               int limit);

/// Those after this place; of one verdict, or of all for an empty one. Nothing if there is no such operation.
[[nodiscard]] Result<std::optional<OperationItemPage>>
operationItems(Connection& connection, const QUuid& id, const QString& verdict, qint64 after, int limit);

/// What a node did of an operation, and when there is more to do; nothing: there is none.
struct Worked
{
    int items = 0;
    std::optional<Duration> wait;
};
[[nodiscard]] Result<Worked> workOperation(Connection& connection, const QUuid& node, int limit);

} // namespace punctual::store
