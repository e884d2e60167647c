// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/decision_handlers.h"

#include "api/call_reader.h"
#include "core/field_reader.h"
#include "core/operation_json.h"

namespace punctual::api
{

namespace
{

/// Why nothing was moved, for a person.
QString reasonOf(const MoveVerdict& verdict)
{
    if (!verdict.state)
        return QStringLiteral("There is no message with this id.");
    if (verdict.state == MessageState::Cancelled && verdict.message)
        return QStringLiteral("It was due at %1, or its destination is gone: it stays cancelled.")
            .arg(toRfc3339(verdict.message->dueAt));
    return QStringLiteral("It is %1.").arg(toText(*verdict.state));
}

/// `otherwise`: the problem when nothing was moved.
client::Answer<MoveVerdict> showVerdict(const CallPointer& call, const ProblemKind& otherwise)
{
    return answer<MoveVerdict>(call, [&otherwise](const MoveVerdict& verdict) {
        QJsonObject members{{QStringLiteral("verdict"), QString(toText(verdict))}};
        if (verdict.message)
            members.insert(QStringLiteral("message"), toJson(*verdict.message));
        if (verdict.moved)
            return Response::json(200, members);
        return problem(verdict.state ? otherwise : problem_kind::notFound, reasonOf(verdict), {}, members);
    });
}

void resolveAs(const CallPointer& call, const QJsonObject& object)
{
    constexpr QLatin1StringView fieldState("state");
    std::vector<FieldError> errors;
    FieldReader fields(object, QString(), errors);
    Actor actor = call->actor;
    if (!fields.has(fieldState))
        fields.wrong(fieldState, QStringLiteral("is missing"));
    const auto state =
        fields.word(fieldState, &parseResolution, QLatin1StringView("delivered, retrying, dead"));
    FieldReader::assign(actor.reason, fields.text(QLatin1StringView("reason")));
    fields.refuseUnknownFields();
    if (!errors.empty())
        return refuseBody(call, errors);
    call->client.resolve(actor, idOf(call), *state, call->context,
                         showVerdict(call, problem_kind::notResolved));
}

void restoreAs(const CallPointer& call, const QJsonObject& object)
{
    std::vector<FieldError> errors;
    FieldReader fields(object, QString(), errors);
    Actor actor = call->actor;
    FieldReader::assign(actor.reason, fields.text(QLatin1StringView("reason")));
    fields.refuseUnknownFields();
    if (!errors.empty())
        return refuseBody(call, errors);
    call->client.restore(actor, idOf(call), call->context, showVerdict(call, problem_kind::notRestored));
}

} // namespace

void showWhy(const CallPointer& call)
{
    call->client.why(call->actor, idOf(call), call->context,
                     answer<Why>(call, [](const Why& why) { return Response::json(200, toJson(why)); }));
}

void resolveMessage(const CallPointer& call)
{
    withObject(call, [&call](const QJsonObject& object) { resolveAs(call, object); });
}

void restoreMessage(const CallPointer& call)
{
    if (call->request.body.isEmpty())
        restoreAs(call, {});
    else
        withObject(call, [&call](const QJsonObject& object) { restoreAs(call, object); });
}

} // namespace punctual::api
