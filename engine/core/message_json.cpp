// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message_json.h"

#include "core/content_fields.h"
#include "core/field_reader.h"
#include "core/retry_policy_json.h"
#include "core/uuid_v7.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr int longestKey = 200;

QJsonValue toJson(std::optional<Instant> instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue(QJsonValue::Null);
}

/// Parts of a retry policy, which fit any destination's; its number of attempts is that of the message.
void readRetry(FieldReader& fields, const QString& pointer, std::vector<FieldError>& errors,
               NewMessage& message)
{
    const QLatin1StringView most("max_attempts");
    if (const auto attempts = fields.integer(most, 1, 1000))
        message.maxAttempts = static_cast<int>(*attempts);
    const auto parts = fields.object(QLatin1StringView("retry"));
    if (!parts)
        return;
    const auto policy = readRetryPolicy(*parts, pointer + QStringLiteral("/retry"), errors);
    message.retry = *parts;
    message.retry.remove(most);
    if (!parts->contains(most))
        return;
    if (message.maxAttempts)
        fields.wrong(most, QStringLiteral("is given here and in retry"));
    message.maxAttempts = policy.maxAttempts;
}

/// The one JSON value, of any kind, that `text` is.
std::optional<QJsonValue> parsedValue(const QByteArray& text)
{
    const auto wrapped = QJsonDocument::fromJson('[' + text + ']').array(); // QJsonDocument takes no scalars
    return wrapped.size() == 1 ? std::optional(wrapped.at(0)) : std::nullopt;
}

QJsonValue bodyAsJson(const Content& content, QString& field)
{
    if (content.type.startsWith("application/json"))
        if (const auto value = parsedValue(content.body)) {
            field = QStringLiteral("payload");
            return *value;
        }
    if (content.body.isValidUtf8()) {
        field = QStringLiteral("body");
        return QString::fromUtf8(content.body);
    }
    field = QStringLiteral("body_base64");
    return QString::fromLatin1(content.body.toBase64());
}

} // namespace

NewMessage readNewMessage(const QJsonObject& object, QByteArrayView text, const MessageLimits& limits,
                          const QString& pointer, std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    NewMessage message;
    const QLatin1StringView destination("destination");
    if (!fields.has(destination))
        fields.wrong(destination, QStringLiteral("is missing"));
    FieldReader::assign(message.destination, fields.text(destination));
    message.due = readDue(fields, limits);
    if (auto content = readContent(fields, text, limits)) {
        message.content = std::move(*content);
    } else {
        fields.wrong(QLatin1StringView("payload"),
                     QStringLiteral("is missing: give one of payload, body and body_base64"));
        (void)fields.headerValue(QLatin1StringView("content_type")); // which may be wrong too
    }
    FieldReader::assign(message.content.headers, fields.headers(QLatin1StringView("headers")));
    FieldReader::assign(message.priority, readPriority(fields));
    const QLatin1StringView key("key");
    FieldReader::assign(message.key, fields.text(key));
    if (message.key.size() > longestKey)
        fields.wrong(key, QStringLiteral("is longer than %1 characters").arg(longestKey));
    FieldReader::assign(message.tags, readTags(fields, limits));
    message.expiresAfter = fields.milliseconds(QLatin1StringView("expires_after_ms"), 1ms, limits.ahead);
    readRetry(fields, pointer, errors, message);
    fields.refuseUnknownFields();
    return message;
}

QByteArray guessContentType(const QByteArray& body)
{
    return parsedValue(body) ? QByteArrayLiteral("application/json")
                             : QByteArrayLiteral("text/plain; charset=utf-8");
}

QJsonObject toJson(const Message& message)
{
    QJsonObject object{
        {QStringLiteral("id"), toText(message.id)},
        {QStringLiteral("destination"), message.destination},
        {QStringLiteral("state"), QString(toText(message.state))},
        {QStringLiteral("priority"), QString(toText(message.priority))},
        {QStringLiteral("key"), message.key.isEmpty() ? QJsonValue() : QJsonValue(message.key)},
        {QStringLiteral("tags"), QJsonArray::fromStringList(message.tags)},
        {QStringLiteral("due_at"), toRfc3339(message.dueAt)},
        {QStringLiteral("next_attempt_at"), toJson(message.nextAttemptAt)},
        {QStringLiteral("created_at"), toRfc3339(message.createdAt)},
        {QStringLiteral("updated_at"), toRfc3339(message.updatedAt)},
        {QStringLiteral("version"), toMicroseconds(message.updatedAt)},
        {QStringLiteral("finished_at"), toJson(message.finishedAt)},
        {QStringLiteral("claimed_at"), toJson(message.claimedAt)},
        {QStringLiteral("attempts"), message.attempts},
        {QStringLiteral("max_attempts"), message.maxAttempts},
        {QStringLiteral("retry"), message.retry.isEmpty() ? QJsonValue() : QJsonValue(message.retry)},
        {QStringLiteral("expires_after_ms"),
         message.expiresAfter ? QJsonValue(toMilliseconds(*message.expiresAfter)) : QJsonValue()},
        {QStringLiteral("replay_of"),
         message.replayOf ? QJsonValue(toText(*message.replayOf)) : QJsonValue()},
        {QStringLiteral("last_status"),
         message.lastStatus != 0 ? QJsonValue(message.lastStatus) : QJsonValue()},
        {QStringLiteral("last_error"),
         message.lastError.isEmpty() ? QJsonValue() : QJsonValue(message.lastError)},
        {QStringLiteral("cancelled_by"),
         message.cancelledBy.isEmpty() ? QJsonValue() : QJsonValue(message.cancelledBy)},
        {QStringLiteral("body_bytes"), message.bodySize},
    };
    if (message.content) {
        QString field;
        const QJsonValue body = bodyAsJson(*message.content, field);
        object.insert(field, body);
        object.insert(QStringLiteral("content_type"), QString::fromLatin1(message.content->type));
        object.insert(QStringLiteral("headers"), toJson(message.content->headers));
    }
    return object;
}

QJsonObject toJson(const Attempt& attempt)
{
    return {
        {QStringLiteral("number"), attempt.number},
        {QStringLiteral("outcome"), QString(toText(attempt.outcome))},
        {QStringLiteral("status"), attempt.status != 0 ? QJsonValue(attempt.status) : QJsonValue()},
        {QStringLiteral("error"), attempt.error.isEmpty() ? QJsonValue() : QJsonValue(attempt.error)},
        {QStringLiteral("response"), QString::fromUtf8(attempt.response)},
        {QStringLiteral("started_at"), toRfc3339(attempt.startedAt)},
        {QStringLiteral("finished_at"), toRfc3339(attempt.finishedAt)},
        {QStringLiteral("lateness_ms"), static_cast<double>(attempt.lateness.count()) / 1000},
        {QStringLiteral("node"), toText(attempt.node)},
    };
}

Message asScheduled(const NewMessage& message, Instant dueAt, Instant createdAt, int maxAttempts)
{
    Message scheduled;
    scheduled.id = message.id;
    scheduled.destination = message.destination;
    scheduled.priority = message.priority;
    scheduled.key = message.key;
    scheduled.tags = message.tags;
    scheduled.dueAt = dueAt;
    scheduled.nextAttemptAt = dueAt;
    scheduled.createdAt = createdAt;
    scheduled.updatedAt = createdAt;
    scheduled.maxAttempts = maxAttempts;
    scheduled.retry = message.retry;
    scheduled.expiresAfter = message.expiresAfter;
    scheduled.bodySize = message.content.body.size();
    scheduled.content = message.content;
    return scheduled;
}

} // namespace punctual
