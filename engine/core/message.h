// SPDX-License-Identifier: GPL-3.0-or-later
// A message: bytes to deliver, a destination and a due time.
#pragma once

#include "core/header.h"
#include "core/message_state.h"
#include "core/time.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>
#include <variant>
#include <vector>

namespace punctual
{

using MessageId = QUuid;

enum class Priority { High, Normal, Low };

inline constexpr std::array allPriorities{Priority::High, Priority::Normal, Priority::Low};

[[nodiscard]] QLatin1StringView toText(Priority priority);
[[nodiscard]] std::optional<Priority> parsePriority(QStringView text);

/// What the third party receives.
struct Content
{
    QByteArray body; // sent verbatim
    QByteArray type = QByteArrayLiteral("application/json");
    std::vector<Header> headers = {};
};

/// A message that is to be scheduled.
struct NewMessage
{
    MessageId id; // made by the client, so that a repeated request stores nothing twice
    QString destination;
    /// An absolute due time, or a delay counted from the moment it is stored (the database's clock).
    std::variant<Instant, Duration> due = Duration{};
    Content content;
    Priority priority = Priority::Normal;
    QString key; // ordering key; empty for none
    QStringList tags;
    std::optional<Duration> expiresAfter; // how late it may leave and still be wanted
    std::optional<int> maxAttempts;       // instead of the destination's
    QJsonObject retry;                    // the parts of a retry policy that go before the destination's
};

/// A message as the database has it.
struct Message
{
    MessageId id;
    QString destination;
    MessageState state = MessageState::Scheduled;
    Priority priority = Priority::Normal;
    QString key;
    QStringList tags;
    Instant dueAt;                        // what the user asked for
    std::optional<Instant> nextAttemptAt; // when it goes next; nothing once it is final or unknown
    Instant createdAt;
    Instant updatedAt;
    std::optional<Instant> finishedAt;
    int attempts = 0; // attempts begun
    int maxAttempts = 0;
    QJsonObject retry; // as in NewMessage
    std::optional<Duration> expiresAfter;
    std::optional<MessageId> replayOf;
    std::optional<Instant> claimedAt; // while delivering: when the attempt began
    int lastStatus = 0;               // HTTP status of the last attempt; 0 for none
    QString lastError;
    QString cancelledBy;
    qint64 bodySize = 0;
    std::optional<Content> content; // absent in lists
};

} // namespace punctual
