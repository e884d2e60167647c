// SPDX-License-Identifier: GPL-3.0-or-later
// What clients ask about messages.
#pragma once

#include "core/attempt.h"
#include "core/message_change.h"
#include "core/message_list.h"
#include "core/missed_message.h"
#include "core/rescheduled.h"
#include "core/scheduled.h"
#include "core/system_status.h"
#include "store/connection.h"

#include <chrono>
#include <optional>
#include <vector>

namespace punctual::store
{

[[nodiscard]] Result<Scheduled> schedule(Connection& connection, const std::vector<NewMessage>& messages,
                                         const std::optional<Idempotency>& idempotency);
/// The same for messages of one actor that have nothing to do with each other: each has its own row in the
/// audit.
[[nodiscard]] Result<Scheduled> scheduleSingles(Connection& connection,
                                                const std::vector<NewMessage>& messages);

/// The state the message has after the call; nothing if there is no such message.
[[nodiscard]] Result<std::optional<MessageState>> cancel(Connection& connection, const MessageId& id);
[[nodiscard]] Result<std::optional<MessageState>> restore(Connection& connection, const MessageId& id);
[[nodiscard]] Result<std::optional<MessageState>> resolve(Connection& connection, const MessageId& id,
                                                          MessageState state);
/// Refused when the due time is more than a minute ago or too far ahead, as by schedule().
[[nodiscard]] Result<Rescheduled> reschedule(Connection& connection, const MessageId& id, Instant dueAt);
/// In a transaction: the verdict is that of one moment.
[[nodiscard]] Result<ChangeVerdict> changeMessage(Connection& connection, const MessageId& id,
                                                  const MessageChange& change);

/// With its content; nothing if there is none.
[[nodiscard]] Result<std::optional<Message>> find(Connection& connection, const MessageId& id);
/// Those that there are, without content, in the order of the ids.
[[nodiscard]] Result<std::vector<Message>> find(Connection& connection, const std::vector<MessageId>& ids);
[[nodiscard]] Result<std::vector<Attempt>> attempts(Connection& connection, const MessageId& id);

/// How far a page looks for what no index finds: the text of a search, say, and states that most messages are
/// in.
struct LookBounds
{
    int rows = 200'000;                  // by a statement, at most
    std::chrono::milliseconds time{100}; // in all, about
};

/// A page with fewer than `limit` and a next one says how far was looked.
[[nodiscard]] Result<MessagePage> list(Connection& connection, const MessageFilter& filter,
                                       const std::optional<MessageCursor>& after, int limit,
                                       const LookBounds& bounds = {});

/// See Client::missed.
[[nodiscard]] Result<std::vector<MissedMessage>> missed(Connection& connection, Duration span, int limit);

[[nodiscard]] Result<SystemStatus> status(Connection& connection);

} // namespace punctual::store
