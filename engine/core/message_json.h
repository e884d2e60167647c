// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of messages and attempts, as REST and the command line read and write it.
#pragma once

#include "core/attempt.h"

#include <QByteArrayView>
#include <QJsonObject>

namespace punctual
{

/// What an installation allows. All limits are inclusive.
struct MessageLimits
{
    qint64 bodyBytes = qint64{256} * 1024;
    Duration ahead = std::chrono::hours(24 * 366);
    qsizetype batch = 10'000;
    qsizetype tags = 20;
};

/// Reads a message to schedule; `text` is the JSON text of `object`, from which the payload is cut
/// verbatim. Every wrong field is added to `errors` under `pointer`; the value is useful only if none
/// was added. The id is left null.
[[nodiscard]] NewMessage readNewMessage(const QJsonObject& object, QByteArrayView text,
                                        const MessageLimits& limits, const QString& pointer,
                                        std::vector<FieldError>& errors);

/// Whether a body's default content type is JSON: for clients that are given bytes alone.
[[nodiscard]] QByteArray guessContentType(const QByteArray& body);

[[nodiscard]] QJsonObject toJson(const Message& message);
[[nodiscard]] QJsonObject toJson(const Attempt& attempt);

/// The message as it is right after it was stored, without asking the database.
[[nodiscard]] Message asScheduled(const NewMessage& message, Instant dueAt, Instant createdAt,
                                  int maxAttempts);

} // namespace punctual
