// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/call_reader.h"

#include "core/uuid_v7.h"

namespace punctual::api
{

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
