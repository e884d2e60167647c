// SPDX-License-Identifier: GPL-3.0-or-later
// Several messages in one call: how they are put together, and what an answer says about each.
#pragma once

#include "core/message.h"
#include "core/result.h"
#include "core/time.h"

#include <QJsonObject>
#include <QUuid>

#include <optional>
#include <vector>

namespace punctual
{

struct Exchange;

/// How much of an answer's body is kept for a message, and how much of it is read for a batch: enough for a
/// result for each. An answer that is longer is no JSON any more, and speaks for all messages.
inline constexpr qsizetype keptResponseBytes = 2048;
inline constexpr qsizetype keptBatchResponseBytes = qsizetype{256} * 1024;

struct Batching
{
    enum class Format {
        JsonArray, // [body,body]: application/json
        Ndjson,    // a body a line: application/x-ndjson
    };

    Format format = Format::JsonArray;
    int maxMessages = 100;
    Duration maxWait{}; // for others, counted from the first; 0 takes those that are due together

    friend bool operator==(const Batching&, const Batching&) = default;
};

[[nodiscard]] QLatin1StringView toText(Batching::Format format);
[[nodiscard]] std::optional<Batching::Format> parseBatchFormat(QStringView text);

[[nodiscard]] QJsonObject toJson(const Batching& batching);
[[nodiscard]] Batching readBatching(const QJsonObject& object, const QString& pointer,
                                    std::vector<FieldError>& errors);

/// Whether both may be in one batch: their content is JSON by its type, and none has headers of its own, for
/// which a batch has no place. Cheap; the bodies are not looked at.
[[nodiscard]] bool mayJoin(const Content& a, const Content& b);

/// The content of the request that carries all of these, at least one. Bodies keep their bytes, except that
/// an NDJSON line loses white space between its tokens if there are line ends in it.
///
/// InvalidInput: a body is not one JSON value. The fields name each by its place, "/2"; without them the
/// others can be joined.
[[nodiscard]] Result<Content> joined(const Batching& batching, const std::vector<Content>& contents);

/// The idempotency key of a batch: the same for the same set of messages in any order, so that a repeated
/// batch is known as one (a version 5 UUID, RFC 9562, section 5.5).
[[nodiscard]] QUuid batchKey(std::vector<MessageId> ids);

/// What `whole` came to for each of `count` messages, in the order in which they were joined.
///
/// If it is a 2xx whose body is a JSON array of as many elements, all of which are results, each decides for
/// its message. A result is a status by itself (a number from 200 to 599), or an object with a number
/// `status` of that kind, else with an `error`, which counts as status 500 for want of a better one, else
/// with neither: it shares the status of the whole. In any other case the whole answer is the answer to every
/// message. Each keeps the beginning of what concerns it.
[[nodiscard]] std::vector<Exchange> split(const Exchange& whole, std::size_t count);

} // namespace punctual
