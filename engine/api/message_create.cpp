// SPDX-License-Identifier: GPL-3.0-or-later
// Scheduling, one message or many. What is wrong with a request is found by the reader of the JSON form
// first and by the database second; nothing is stored unless all of it is right.
#include "api/call_reader.h"
#include "api/entity_tag.h"
#include "api/message_handlers.h"
#include "api/reach.h"
#include "api/trace_context.h"
#include "core/field_reader.h"
#include "core/json_text.h"
#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

constexpr QLatin1StringView messagesField("messages");
/// Stores `messages` and answers with what `render` makes of them.
template <class Render>
void schedule(const CallPointer& call, const std::vector<NewMessage>& messages, bool single, Render render)
{
    auto idempotency = readIdempotency(call->request);
    if (!idempotency)
        return call->respond(problem(idempotency.error()));
    for (const auto& message : messages)
        if (!mayReach(*call, message.destination))
            return call->respond(outOfReach(call->destinations));
    call->client.schedule(
        call->actor, withTraceOf(call->request, messages), *std::move(idempotency), call->context,
        [call, single, render = std::move(render)](const Result<client::Scheduled>& scheduled) {
            if (scheduled)
                call->respond(render(*scheduled));
            else
                call->respond(problemOfKeyed(single ? ofSingle(scheduled.error()) : scheduled.error()));
        });
}

/// Everything that is wrong with a batch, its items included, is added to `errors`.
std::vector<NewMessage> readBatch(const JsonBody& body, const MessageLimits& limits,
                                  std::vector<FieldError>& errors)
{
    FieldReader fields(body.object, QString(), errors);
    std::vector<NewMessage> messages;
    const auto value = body.object.value(messagesField);
    if (!fields.ask(messagesField) || !value.isArray())
        fields.wrong(messagesField, QStringLiteral("is not an array of messages"));
    const QJsonArray items = value.toArray();
    if (value.isArray() && (items.isEmpty() || items.size() > limits.batch))
        fields.wrong(
            messagesField,
            QStringLiteral("has %1 messages; 1 to %2 are allowed").arg(items.size()).arg(limits.batch));
    fields.refuseUnknownFields();
    if (!errors.empty())
        return messages;
    const auto array = json_text::member(body.text, "messages").value_or(QByteArrayView());
    const auto texts = json_text::items(array);
    messages.reserve(texts.size());
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString pointer = QStringLiteral("/messages/%1").arg(i);
        if (items[i].isObject())
            messages.push_back(readNewMessage(items[i].toObject(), texts[static_cast<std::size_t>(i)], limits,
                                              pointer, errors));
        else
            errors.push_back({pointer, QStringLiteral("is not an object")});
    }
    return messages;
}

Response renderBatch(const client::Scheduled& scheduled)
{
    QJsonArray items;
    for (const auto& item : scheduled.items)
        items.append(QJsonObject{{QStringLiteral("id"), toText(item.id)}});
    return Response::json(201, {{QStringLiteral("items"), items}});
}

/// Answered from the request and what the database added to it, so that a repeated request gets the same
/// bytes however far the message has got.
Response renderMessage(NewMessage message, const client::Scheduled& scheduled)
{
    const auto& item = scheduled.items.front();
    message.id = item.id;
    const Message stored = asScheduled(message, item.dueAt, scheduled.createdAt, item.maxAttempts);
    QJsonObject object = toJson(stored);
    object.insert(QStringLiteral("replays"), QJsonArray());
    return Response::json(201, object)
        .with(QByteArrayLiteral("ETag"), entityTagOf(stored))
        .with(QByteArrayLiteral("Location"), "/v1/messages/" + toText(item.id).toLatin1());
}

} // namespace

void createMessage(const CallPointer& call)
{
    const auto body = readJsonBody(call->request);
    if (!body)
        return call->respond(body.error());
    std::vector<FieldError> errors;
    const auto message = readNewMessage(body->object, body->text, call->limits, QString(), errors);
    if (!errors.empty())
        return call->respond(
            problem(problem_kind::invalidInput, QStringLiteral("The message is not valid."), errors));
    schedule(call, {message}, true,
             [message](const client::Scheduled& scheduled) { return renderMessage(message, scheduled); });
}

void createMessages(const CallPointer& call)
{
    const auto body = readJsonBody(call->request);
    if (!body)
        return call->respond(body.error());
    std::vector<FieldError> errors;
    const auto messages = readBatch(*body, call->limits, errors);
    if (!errors.empty())
        return call->respond(
            problem(problem_kind::invalidInput, QStringLiteral("Nothing of the batch was stored."), errors));
    schedule(call, messages, false, &renderBatch);
}

} // namespace punctual::api
