// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a change to a message, as REST and the command line read it.
#pragma once

#include "core/message_change.h"
#include "core/message_json.h"

namespace punctual
{

struct MessageChangeRequest
{
    MessageChange change;
    QString reason = {};
};

/// Takes the fields of a message to schedule but destination, key and retry. A null takes tags, headers or
/// the limit of lateness away. Every wrong field is added to `errors`, and an object that changes nothing;
/// the value is useful only if none was added. `text` is the JSON text of `object`, from which the payload is
/// cut verbatim.
[[nodiscard]] MessageChangeRequest readMessageChange(const QJsonObject& object, QByteArrayView text,
                                                     const MessageLimits& limits,
                                                     std::vector<FieldError>& errors);

} // namespace punctual
