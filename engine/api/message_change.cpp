// SPDX-License-Identifier: GPL-3.0-or-later
// Changing a message that waits.
#include "api/call_reader.h"
#include "api/entity_tag.h"
#include "api/message_handlers.h"
#include "core/message_change_json.h"

namespace punctual::api
{

namespace
{

/// Why nothing was changed, for a person and for a program.
Response refusalOf(const ChangeVerdict& verdict)
{
    QJsonObject members;
    if (verdict.message)
        members.insert(QStringLiteral("message"), toJson(*verdict.message));
    if (verdict.isStale)
        return problem(problem_kind::preconditionFailed,
                       QStringLiteral("The message was changed at %1.")
                           .arg(verdict.message ? toRfc3339(verdict.message->updatedAt) : QString()),
                       {}, members)
            .with(QByteArrayLiteral("ETag"), verdict.message ? entityTagOf(*verdict.message) : QByteArray());
    const QString state = verdict.state ? QString(toText(*verdict.state)) : QStringLiteral("not_found");
    members.insert(QStringLiteral("verdict"), state);
    if (!verdict.state)
        return problem(problem_kind::notFound, QStringLiteral("There is no message with this id."), {},
                       members);
    return problem(problem_kind::notChanged,
                   QStringLiteral("It is %1: only what waits can be changed.").arg(state), {}, members);
}

void changeAs(const CallPointer& call, const JsonBody& body)
{
    std::vector<FieldError> errors;
    auto request = readMessageChange(body.object, body.text, call->limits, errors);
    if (!errors.empty())
        return refuseBody(call, errors);
    Actor actor = call->actor;
    if (!request.reason.isEmpty())
        actor.reason = request.reason;
    request.change.ifUpdatedAt = readIfMatch(call->request);
    call->client.changeMessage(actor, idOf(call), request.change, call->context,
                               [call](const Result<ChangeVerdict>& verdict) {
                                   if (!verdict)
                                       call->respond(problem(ofSingle(verdict.error())));
                                   else if (verdict->changed && verdict->message)
                                       respondWith(call, *verdict->message);
                                   else
                                       call->respond(refusalOf(*verdict));
                               });
}

} // namespace

void changeMessage(const CallPointer& call)
{
    const auto body = readJsonBody(call->request);
    if (body)
        changeAs(call, *body);
    else
        call->respond(body.error());
}

} // namespace punctual::api
