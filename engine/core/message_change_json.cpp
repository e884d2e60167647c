// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message_change_json.h"

#include "core/content_fields.h"

namespace punctual
{

namespace
{

using namespace std::chrono_literals;
using Name = QLatin1StringView;

constexpr qint64 mostAttempts = 1000;

bool changesNothing(const MessageChange& change)
{
    return !change.due && !change.priority && !change.tags && !change.body && !change.contentType &&
           !change.headers && !change.expiresAfter && !change.maxAttempts;
}

} // namespace

MessageChangeRequest readMessageChange(const QJsonObject& object, QByteArrayView text,
                                       const MessageLimits& limits, std::vector<FieldError>& errors)
{
    FieldReader fields(object, QString(), errors);
    MessageChangeRequest request;
    auto& change = request.change;
    const auto isNull = [&](Name name) { return object.value(name).isNull(); };
    const bool hasDue = fields.has(Name("due_at")) || fields.has(Name("delay_ms"));
    if (const auto due = readDue(fields, limits); hasDue)
        change.due = due;
    change.priority = readPriority(fields);
    change.tags = readTags(fields, limits);
    if (isNull(Name("tags")))
        change.tags = QStringList();
    if (const auto content = readContent(fields, text, limits)) {
        change.body = content->body;
        change.contentType = content->type;
    } else {
        change.contentType = fields.headerValue(Name("content_type"));
    }
    change.headers = fields.headers(Name("headers"));
    if (isNull(Name("headers")))
        change.headers.emplace();
    change.expiresAfter = fields.milliseconds(Name("expires_after_ms"), 1ms, limits.ahead);
    if (isNull(Name("expires_after_ms")))
        change.expiresAfter = Duration{};
    if (const auto attempts = fields.integer(Name("max_attempts"), 1, mostAttempts))
        change.maxAttempts = static_cast<int>(*attempts);
    FieldReader::assign(request.reason, fields.text(Name("reason")));
    fields.refuseUnknownFields();
    if (errors.empty() && changesNothing(change))
        errors.push_back({QString(), QStringLiteral("names nothing to change")});
    return request;
}

} // namespace punctual
