// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a message. The names are those of the database, the REST API and the window.
//
//   (new) ──> scheduled ──> delivering ──> delivered
//                │  ^           │──> retrying ──> delivering | cancelled | expired
//                │  │           │──> dead
//                │  │           └──> unknown ──> delivered | retrying | dead   (a person resolves it)
//                ├──> expired
//                └──> cancelled ──> scheduled   (restore, until it was due)
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>

namespace punctual
{

enum class MessageState { Scheduled, Retrying, Delivering, Unknown, Delivered, Dead, Cancelled, Expired };

inline constexpr std::array allMessageStates{
    MessageState::Scheduled, MessageState::Retrying, MessageState::Delivering, MessageState::Unknown,
    MessageState::Delivered, MessageState::Dead,     MessageState::Cancelled,  MessageState::Expired};

/// The word for it in SQL, REST and code.
[[nodiscard]] QLatin1StringView toText(MessageState state);
[[nodiscard]] std::optional<MessageState> parseMessageState(QStringView text);

/// A final state has a time of finishing; a live one may still move by itself.
[[nodiscard]] bool isFinal(MessageState state);

/// Waiting messages can be cancelled, rescheduled and edited.
[[nodiscard]] bool isWaiting(MessageState state);

/// Whether the state machine has this arrow. Everything it does not have is refused by the database.
[[nodiscard]] bool mayMove(MessageState from, MessageState to);

} // namespace punctual
