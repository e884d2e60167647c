// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/call_reader.h"

#include "core/uuid_v7.h"

#include <QCryptographicHash>

namespace punctual::api
{

namespace
{

constexpr qsizetype longestKey = 200;

} // namespace

Result<std::optional<client::Idempotency>> readIdempotency(const Request& request)
{
    const auto name = QByteArrayLiteral("idempotency-key");
    if (!request.headers.contains(name))
        return std::nullopt;
    const QByteArray key = request.headers.value(name);
    if (key.isEmpty() || key.size() > longestKey || !key.isValidUtf8())
        return failure(
            ErrorCode::InvalidInput,
            QStringLiteral("The header Idempotency-Key is not a text of 1 to %1 bytes.").arg(longestKey));
    return client::Idempotency{
        QString::fromUtf8(key),
        QCryptographicHash::hash(request.path.toUtf8() + '\n' + request.body, QCryptographicHash::Sha256)};
}

Response problemOfKeyed(const Error& error)
{
    return error.code == ErrorCode::Conflict ? problem(problem_kind::keyReused, error.detail)
                                             : problem(error);
}

MessageId idOf(const CallPointer& call)
{
    const QString written = call->parameters.value(QStringLiteral("id"));
    const auto id = MessageId::fromString(written);
    return toText(id) == written.toLower() ? id : MessageId();
}

QString nameOf(const CallPointer& call)
{
    return call->parameters.value(QStringLiteral("name"));
}

void refuseQuery(const CallPointer& call, const std::vector<FieldError>& errors)
{
    call->respond(problem(problem_kind::invalidInput, QStringLiteral("The query is not valid."), errors));
}

void refuseBody(const CallPointer& call, const std::vector<FieldError>& errors)
{
    call->respond(problem(problem_kind::invalidInput, QStringLiteral("The body is not valid."), errors));
}

} // namespace punctual::api
