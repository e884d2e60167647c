// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/operation_handlers.h"

#include "api/call_reader.h"
#include "api/query_reader.h"
#include "api/reach.h"
#include "core/operation_json.h"
#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

const QLatin1StringView nameCursor("cursor");

void refuseCursor(QueryReader& query)
{
    query.wrong(QString(nameCursor), QStringLiteral("is not a next_cursor of this list"));
}

template <class Items>
Response renderPage(const Items& items, const QJsonValue& next)
{
    QJsonArray array;
    for (const auto& item : items)
        array.append(toJson(item));
    return Response::json(200, {{QStringLiteral("items"), array}, {QStringLiteral("next_cursor"), next}});
}

/// As it was right after it was stored, so that a repeated request gets the same answer however far the
/// message has got.
Message asStored(Message message)
{
    message.state = MessageState::Scheduled;
    message.nextAttemptAt = message.dueAt;
    message.updatedAt = message.createdAt;
    message.finishedAt.reset();
    message.claimedAt.reset();
    message.attempts = 0;
    message.lastStatus = 0;
    message.lastError.clear();
    message.cancelledBy.clear();
    return message;
}

/// Likewise.
Operation asStarted(Operation operation)
{
    const bool isEmpty = operation.total == 0;
    operation.state = isEmpty ? OperationState::Done : OperationState::Running;
    operation.updatedAt = operation.createdAt;
    operation.finishedAt = isEmpty ? std::optional(operation.createdAt) : std::nullopt;
    operation.done = 0;
    operation.verdicts.clear();
    operation.stoppedBecause.clear();
    operation.lastError.clear();
    return operation;
}

Response renderReplayed(const Replayed& replayed)
{
    if (replayed.replay) {
        QJsonObject object = toJson(asStored(*replayed.replay));
        object.insert(QStringLiteral("replays"), QJsonArray());
        return Response::json(201, object)
            .with(QByteArrayLiteral("Location"), "/v1/messages/" + toText(replayed.replay->id).toLatin1());
    }
    if (!replayed.state)
        return problem(problem_kind::notFound, QStringLiteral("There is no message with this id."), {},
                       {{QStringLiteral("verdict"), QStringLiteral("not_found")}});
    const QString state(toText(*replayed.state));
    return problem(problem_kind::notReplayed,
                   QStringLiteral("It is %1: only what is over can be replayed.").arg(state), {},
                   {{QStringLiteral("verdict"), state}});
}

void replayAs(const CallPointer& call, const QJsonObject& object, QByteArrayView text)
{
    std::vector<FieldError> errors;
    const auto request = readReplayRequest(object, text, call->limits, errors);
    if (!errors.empty())
        return refuseBody(call, errors);
    const auto idempotency = readIdempotency(call->request);
    if (!idempotency)
        return call->respond(problem(idempotency.error()));
    if (!request.change.destination.isEmpty() && !mayReach(*call, request.change.destination))
        return call->respond(outOfReach(call->destinations));
    Actor actor = call->actor;
    if (!request.reason.isEmpty())
        actor.reason = request.reason;
    call->client.replay(actor, idOf(call), request.change, *idempotency, call->context,
                        [call](const Result<Replayed>& replayed) {
                            call->respond(replayed ? renderReplayed(*replayed)
                                                   : problemOfKeyed(ofSingle(replayed.error())));
                        });
}

/// A new operation was accepted: a node works it off.
Response renderAccepted(const Operation& operation)
{
    return Response::json(202, toJson(asStarted(operation)))
        .with(QByteArrayLiteral("Location"), "/v1/operations/" + toText(operation.id).toLatin1());
}

Response refusalOf(const Error& error)
{
    const auto count = matchingNow(error);
    if (!count)
        return problemOfKeyed(ofSingle(error));
    return problem(
        problem_kind::conflict, error.detail, {},
        {{QStringLiteral("verdict"), QStringLiteral("count_differs")}, {QStringLiteral("count"), *count}});
}

client::Answer<Operation> showIt(const CallPointer& call)
{
    return answer<Operation>(
        call, [](const Operation& operation) { return Response::json(200, toJson(operation)); });
}

} // namespace

void replayMessage(const CallPointer& call)
{
    if (call->request.body.isEmpty())
        return replayAs(call, {}, {});
    const auto body = readJsonBody(call->request);
    if (body)
        replayAs(call, body->object, body->text);
    else
        call->respond(body.error());
}

void listDeadLetters(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    auto destination = query.text(QLatin1StringView("destination")).value_or(QString());
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    std::optional<DeadLetterCursor> after;
    if (const auto cursor = query.text(nameCursor)) {
        after = parseDeadLetterCursor(*cursor);
        if (!after)
            refuseCursor(query);
    }
    if (!errors.empty())
        return refuseQuery(call, errors);
    if (destination.isEmpty() && call->destinations.size() == 1)
        destination = call->destinations.front();
    if (!mayReach(*call, destination))
        return call->respond(outOfReach(call->destinations));
    call->client.deadLetters(call->actor, destination, after, limit, call->context,
                             answer<DeadLetterPage>(call, [](const DeadLetterPage& page) {
                                 return renderPage(page.items,
                                                   page.next ? QJsonValue(toText(*page.next)) : QJsonValue());
                             }));
}

void createOperation(const CallPointer& call)
{
    withObject(call, [&call](const QJsonObject& object) {
        std::vector<FieldError> errors;
        const auto request = readOperationRequest(object, call->limits, errors);
        if (!errors.empty())
            return refuseBody(call, errors);
        auto idempotency = readIdempotency(call->request);
        if (!idempotency)
            return call->respond(problem(idempotency.error()));
        const auto& wanted = request.operation;
        if (!mayReach(*call, wanted.filter.destination) ||
            (!wanted.destination.isEmpty() && !mayReach(*call, wanted.destination)))
            return call->respond(outOfReach(call->destinations));
        Actor actor = call->actor;
        if (!request.reason.isEmpty())
            actor.reason = request.reason;
        if (request.dryRun)
            call->client.previewOperation(actor, request.operation, call->context,
                                          answer<OperationPreview>(call, [](const OperationPreview& preview) {
                                              return Response::json(200, toJson(preview));
                                          }));
        else
            call->client.startOperation(actor, request.operation, *std::move(idempotency), call->context,
                                        [call](const Result<Operation>& operation) {
                                            call->respond(operation ? renderAccepted(*operation)
                                                                    : refusalOf(operation.error()));
                                        });
    });
}

void listOperations(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    std::optional<QUuid> after;
    if (const auto cursor = query.text(nameCursor)) {
        after = QUuid::fromString(*cursor);
        if (toText(*after) != *cursor)
            refuseCursor(query);
    }
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.operations(
        call->actor, after, limit, call->context, answer<OperationPage>(call, [](const OperationPage& page) {
            return renderPage(page.items, page.next ? QJsonValue(toText(*page.next)) : QJsonValue());
        }));
}

void showOperation(const CallPointer& call)
{
    call->client.operation(call->actor, idOf(call), call->context, showIt(call));
}

void listOperationItems(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    const auto verdict = query.text(QLatin1StringView("verdict")).value_or(QString());
    qint64 after = 0;
    if (const auto cursor = query.text(nameCursor)) {
        after = cursor->toLongLong();
        if (after <= 0 || QString::number(after) != *cursor)
            refuseCursor(query);
    }
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.operationItems(
        call->actor, idOf(call), verdict, after, limit, call->context,
        answer<OperationItemPage>(call, [](const OperationItemPage& page) {
            return renderPage(page.items, page.next ? QJsonValue(QString::number(*page.next)) : QJsonValue());
        }));
}

void abortOperation(const CallPointer& call)
{
    call->client.abortOperation(call->actor, idOf(call), call->context, showIt(call));
}

void undoOperation(const CallPointer& call)
{
    call->client.undoOperation(call->actor, idOf(call), call->context,
                               answer<Operation>(call, &renderAccepted));
}

} // namespace punctual::api
