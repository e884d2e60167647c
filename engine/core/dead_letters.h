// SPDX-License-Identifier: GPL-3.0-or-later
// Dead letters that failed alike: the same destination and status, and the same error but for ids, addresses
// and numbers.
#pragma once

#include "core/message.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual
{

struct DeadLetterGroup
{
    QString fingerprint;
    QString destination;
    int status = 0; // 0 for none
    QString error;  // of the latest one
    qint64 count = 0;
    Instant firstAt; // when the first one died, of those that are kept
    Instant lastAt;
    MessageId message;           // the latest one
    std::vector<qint64> hours{}; // how many died in each of the last 24 hours, the present one last
};

/// The last row of a page; the next page begins after it.
struct DeadLetterCursor
{
    Instant lastAt;
    QString fingerprint;
};

struct DeadLetterPage
{
    std::vector<DeadLetterGroup> items; // the group with the latest first
    std::optional<DeadLetterCursor> next;
};

/// An opaque text for URLs, and back.
[[nodiscard]] QString toText(const DeadLetterCursor& cursor);
[[nodiscard]] std::optional<DeadLetterCursor> parseDeadLetterCursor(const QString& text);

[[nodiscard]] QJsonObject toJson(const DeadLetterGroup& group);

} // namespace punctual
