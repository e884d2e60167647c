// SPDX-License-Identifier: GPL-3.0-or-later
// The fields that say what is sent and when, of a message to schedule, to change and to replay.
#pragma once

#include "core/field_reader.h"
#include "core/message_json.h"

namespace punctual
{

/// due_at or delay_ms; neither means now.
[[nodiscard]] std::variant<Instant, Duration> readDue(FieldReader& fields, const MessageLimits& limits);

[[nodiscard]] std::optional<Priority> readPriority(FieldReader& fields);
[[nodiscard]] std::optional<QStringList> readTags(FieldReader& fields, const MessageLimits& limits);

/// At most one of payload, body and body_base64, and the content_type that goes with it; nothing without any
/// of them, and then content_type is not asked for. `text` is the JSON text of the object. No headers.
[[nodiscard]] std::optional<Content> readContent(FieldReader& fields, QByteArrayView text,
                                                 const MessageLimits& limits);

} // namespace punctual
