// SPDX-License-Identifier: GPL-3.0-or-later
// A page of messages: newest due first, paged by key, so that it costs the same on page one and page
// one million.
#pragma once

#include "core/attempt_result.h"
#include "core/message.h"

#include <optional>
#include <vector>

namespace punctual
{

struct MessageFilter
{
    std::vector<MessageState> states = {}; // empty: all
    QString destination = {};              // empty: all
    QString tag = {};
    QString key = {};
    std::optional<Instant> dueAfter = {};  // inclusive
    std::optional<Instant> dueBefore = {}; // exclusive
    QString text = {};                     // an id, or a part of a key, a tag or an error
    QString fingerprint = {};              // of dead letters
    // Those with an attempt that ended in this time and came to one of these (empty: to anything).
    std::optional<Instant> attemptedAfter = {};  // inclusive
    std::optional<Instant> attemptedBefore = {}; // exclusive
    std::vector<AttemptResult> results = {};

    [[nodiscard]] bool isOfAttempts() const { return attemptedAfter || attemptedBefore || !results.empty(); }

    friend bool operator==(const MessageFilter&, const MessageFilter&) = default;
};

/// The last row of a page, or the last one that was looked at for it; the next page begins after it.
struct MessageCursor
{
    Instant dueAt;
    MessageId id;

    friend bool operator==(const MessageCursor&, const MessageCursor&) = default;
};

/// An opaque text for URLs, and back.
[[nodiscard]] QString toText(const MessageCursor& cursor);
[[nodiscard]] std::optional<MessageCursor> parseMessageCursor(const QString& text);

struct MessagePage
{
    std::vector<Message> items;        // without content
    std::optional<MessageCursor> next; // there may be more, also when this page is not full: see LookBounds
};

} // namespace punctual
