// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of operations and replays, as REST, the command line and the database read and write it.
#pragma once

#include "core/message_json.h"
#include "core/operation.h"

namespace punctual
{

/// What a person may make of an unknown message.
[[nodiscard]] std::optional<MessageState> parseResolution(QStringView text);

/// An operation as a program asks for it.
struct OperationRequest
{
    NewOperation operation;
    bool dryRun = false;
    QString reason = {};
};

/// Every wrong field is added to `errors`; the value is useful only if none was added.
[[nodiscard]] OperationRequest readOperationRequest(const QJsonObject& object, const MessageLimits& limits,
                                                    std::vector<FieldError>& errors);

struct ReplayRequest
{
    ReplayChange change;
    QString reason = {};
};

/// The same; `text` is the JSON text of `object`, from which the payload is cut verbatim.
[[nodiscard]] ReplayRequest readReplayRequest(const QJsonObject& object, QByteArrayView text,
                                              const MessageLimits& limits, std::vector<FieldError>& errors);

/// With the names of the list of messages; times to the microsecond.
[[nodiscard]] QJsonObject toJson(const MessageFilter& filter);
/// What is asked for besides action and filter.
[[nodiscard]] QJsonObject optionsOf(const NewOperation& operation);

[[nodiscard]] QJsonObject toJson(const Operation& operation);
[[nodiscard]] QJsonObject toJson(const OperationItem& item);
[[nodiscard]] QJsonObject toJson(const OperationPreview& preview);

} // namespace punctual
