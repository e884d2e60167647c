// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decisions.h"

#include "store/message_queries.h"

namespace punctual::client
{

namespace
{

/// Asks the database to move the message from one state to another, if it is in the first. The database has
/// the last word; where somebody else did the very same a moment ago, it counts as moved.
template <class Move>
Result<MoveVerdict> moved(store::Connection& connection, const MessageId& id, MessageState from,
                          MessageState to, Move move)
{
    const auto before = store::find(connection, id);
    if (!before)
        return tl::unexpected(before.error());
    if (!*before)
        return MoveVerdict{};
    if ((*before)->state != from)
        return MoveVerdict{(*before)->state, *before, false};
    return move().and_then([&](const std::optional<MessageState>& state) {
        return store::find(connection, id).map([&](const std::optional<Message>& message) {
            return MoveVerdict{state, message, state == to};
        });
    });
}

} // namespace

Result<MoveVerdict> resolve(store::Connection& connection, const MessageId& id, MessageState state)
{
    if (!mayMove(MessageState::Unknown, state))
        return failure(
            ErrorCode::InvalidInput,
            QStringLiteral("An unknown message cannot become %1.").arg(toText(state)),
            {{QStringLiteral("/state"), QStringLiteral("is not one of: delivered, retrying, dead")}});
    return moved(connection, id, MessageState::Unknown, state,
                 [&] { return store::resolve(connection, id, state); });
}

Result<MoveVerdict> restore(store::Connection& connection, const MessageId& id)
{
    return moved(connection, id, MessageState::Cancelled, MessageState::Scheduled,
                 [&] { return store::restore(connection, id); });
}

} // namespace punctual::client
