// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Client that is about replays and bulk operations.
#include "client/client_pool.h"
#include "core/uuid_v7.h"
#include "store/message_queries.h"
#include "store/operation_queries.h"

namespace punctual::client
{

using store::Connection;

namespace
{

Result<Replayed> replayed(Connection& connection, const MessageId& id, const ReplayChange& change,
                          const std::optional<Idempotency>& idempotency)
{
    return store::replay(connection, id, change, idempotency)
        .and_then([&](const store::ReplayedId& answer) -> Result<Replayed> {
            if (!answer.replay)
                return Replayed{answer.state, {}};
            return store::find(connection, *answer.replay).map([&](const std::optional<Message>& message) {
                return Replayed{answer.state, message};
            });
        });
}

tl::unexpected<Error> noSuchOperation(const QUuid& id)
{
    return failure(ErrorCode::NotFound, QStringLiteral("There is no operation %1.").arg(toText(id)));
}

Result<Operation> existing(Connection& connection, const QUuid& id)
{
    return store::operation(connection, id)
        .and_then([&](const std::optional<Operation>& operation) -> Result<Operation> {
            if (!operation)
                return noSuchOperation(id);
            return *operation;
        });
}

Result<Operation> aborted(Connection& connection, const QUuid& id)
{
    return store::abortOperation(connection, id)
        .and_then([&](const std::optional<OperationState>& state) -> Result<Operation> {
            if (!state)
                return noSuchOperation(id);
            if (state != OperationState::Aborted)
                return failure(ErrorCode::Conflict,
                               QStringLiteral("It is over already: %1.").arg(toText(*state)));
            return existing(connection, id);
        });
}

} // namespace

void Client::replay(const Actor& actor, const MessageId& id, const ReplayChange& change, QObject* context,
                    Answer<Replayed> answer)
{
    replay(actor, id, change, std::nullopt, context, std::move(answer));
}

void Client::replay(const Actor& actor, const MessageId& id, const ReplayChange& change,
                    std::optional<Idempotency> idempotency, QObject* context, Answer<Replayed> answer)
{
    ask(
        actor, context,
        [id, change, idempotency = std::move(idempotency)](Connection& connection) {
            return replayed(connection, id, change, idempotency);
        },
        std::move(answer));
}

void Client::replays(const Actor& actor, const MessageId& id, int limit, QObject* context,
                     Answer<std::vector<MessageId>> answer)
{
    ask(
        actor, context, [id, limit](Connection& connection) { return store::replays(connection, id, limit); },
        std::move(answer));
}

void Client::deadLetters(const Actor& actor, const QString& destination,
                         const std::optional<DeadLetterCursor>& after, int limit, QObject* context,
                         Answer<DeadLetterPage> answer)
{
    ask(
        actor, context,
        [destination, after, limit](Connection& connection) {
            return store::deadLetters(connection, destination, after, limit);
        },
        std::move(answer));
}

void Client::previewOperation(const Actor& actor, const NewOperation& wanted, QObject* context,
                              Answer<OperationPreview> answer)
{
    askLong(
        actor, context,
        [wanted](Connection& connection) { return store::previewOperation(connection, wanted); },
        std::move(answer));
}

void Client::startOperation(const Actor& actor, const NewOperation& wanted, QObject* context,
                            Answer<Operation> answer)
{
    startOperation(actor, wanted, std::nullopt, context, std::move(answer));
}

void Client::startOperation(const Actor& actor, const NewOperation& wanted,
                            std::optional<Idempotency> idempotency, QObject* context,
                            Answer<Operation> answer)
{
    askLong(
        actor, context,
        [wanted, idempotency = std::move(idempotency)](Connection& connection) {
            return store::startOperation(connection, wanted, idempotency).and_then([&](const QUuid& id) {
                return existing(connection, id);
            });
        },
        std::move(answer));
}

void Client::operation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return existing(connection, id); }, std::move(answer));
}

void Client::operations(const Actor& actor, const std::optional<QUuid>& after, int limit, QObject* context,
                        Answer<OperationPage> answer)
{
    ask(
        actor, context,
        [after, limit](Connection& connection) { return store::operations(connection, after, limit); },
        std::move(answer));
}

void Client::operationItems(const Actor& actor, const QUuid& id, const QString& verdict, qint64 after,
                            int limit, QObject* context, Answer<OperationItemPage> answer)
{
    ask(
        actor, context,
        [id, verdict, after, limit](Connection& connection) {
            return store::operationItems(connection, id, verdict, after, limit)
                .and_then([&](std::optional<OperationItemPage> page) -> Result<OperationItemPage> {
                    if (!page)
                        return noSuchOperation(id);
                    return *std::move(page);
                });
        },
        std::move(answer));
}

void Client::abortOperation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return aborted(connection, id); }, std::move(answer));
}

void Client::undoOperation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer)
{
    askLong(
        actor, context,
        [id](Connection& connection) {
            return store::undoOperation(connection, id).and_then([&](const QUuid& undo) {
                return existing(connection, undo);
            });
        },
        std::move(answer));
}

} // namespace punctual::client
