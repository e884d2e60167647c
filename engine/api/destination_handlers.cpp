// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/destination_handlers.h"

#include "api/call_reader.h"
#include "api/entity_tag.h"
#include "api/reach.h"
#include "api/short_list.h"
#include "core/destination_json.h"
#include "core/field_reader.h"

namespace punctual::api
{

namespace
{

Response renderDestination(const Destination& destination)
{
    return Response::json(200, toJson(destination)).with(QByteArrayLiteral("ETag"), entityTagOf(destination));
}

client::Answer<Destination> showIt(const CallPointer& call)
{
    return answer<Destination>(call, &renderDestination);
}

/// Also of one that was not put because it is another version than If-Match names.
Response renderPut(const client::PutDestination& put)
{
    if (put.stale)
        return problem(problem_kind::preconditionFailed,
                       QStringLiteral("The destination is not as If-Match names it."));
    if (!put.created)
        return renderDestination(put.destination);
    return Response::json(201, toJson(put.destination))
        .with(QByteArrayLiteral("ETag"), entityTagOf(put.destination))
        .with(QByteArrayLiteral("Location"), "/v1/destinations/" + put.destination.name.toLatin1());
}

void pauseAs(const CallPointer& call, const QJsonObject& object)
{
    std::vector<FieldError> errors;
    FieldReader fields(object, QString(), errors);
    Actor actor = call->actor;
    const auto until = fields.instant(QLatin1StringView("until"));
    FieldReader::assign(actor.reason, fields.text(QLatin1StringView("reason")));
    fields.refuseUnknownFields();
    if (errors.empty())
        call->client.pause(actor, nameOf(call), until, call->context, showIt(call));
    else
        call->respond(problem(problem_kind::invalidInput, QStringLiteral("The pause is not valid."), errors));
}

void testAs(const CallPointer& call, const QJsonObject& object, QByteArrayView text)
{
    std::vector<FieldError> errors;
    const auto request = readDestinationTest(object, text, call->limits, errors);
    if (!errors.empty())
        return refuseBody(call, errors);
    Actor actor = call->actor;
    if (!request.reason.isEmpty())
        actor.reason = request.reason;
    call->client.testDestination(actor, nameOf(call), request.content, call->context,
                                 answer<DestinationTest>(call, [](const DestinationTest& test) {
                                     return Response::json(200, toJson(test));
                                 }));
}

} // namespace

void listDestinations(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const auto page = readShortPage(query, [](const QString& key) { return !problemOfName(key); });
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.destinations(
        call->actor, call->context,
        answer<std::vector<Destination>>(call, [call, page](std::vector<Destination> destinations) {
            std::erase_if(destinations,
                          [&](const Destination& destination) { return !mayReach(*call, destination.name); });
            return renderShortPage(std::move(destinations), page,
                                   [](const Destination& destination) { return destination.name; });
        }));
}

void showDestination(const CallPointer& call)
{
    call->client.destination(call->actor, nameOf(call), call->context, showIt(call));
}

void putDestination(const CallPointer& call)
{
    withObject(call, [&call](const QJsonObject& object) {
        call->client.put(call->actor, nameOf(call), object, readVersions(call->request), call->context,
                         answer<client::PutDestination>(call, &renderPut));
    });
}

void patchDestination(const CallPointer& call)
{
    withObject(call, [&call](const QJsonObject& change) {
        call->client.patch(call->actor, nameOf(call), change, readVersions(call->request), call->context,
                           answer<client::PutDestination>(call, &renderPut));
    });
}

void removeDestination(const CallPointer& call)
{
    call->client.remove(call->actor, nameOf(call), call->context, answer<void>(call, [] {
                            return Response{204, {}, {}};
                        }));
}

void pauseDestination(const CallPointer& call)
{
    if (call->request.body.isEmpty())
        pauseAs(call, {});
    else
        withObject(call, [&call](const QJsonObject& object) { pauseAs(call, object); });
}

void testDestination(const CallPointer& call)
{
    if (call->request.body.isEmpty())
        return testAs(call, {}, {});
    const auto body = readJsonBody(call->request);
    if (body)
        testAs(call, body->object, body->text);
    else
        call->respond(body.error());
}

void resumeDestination(const CallPointer& call)
{
    call->client.resume(call->actor, nameOf(call), call->context, showIt(call));
}

} // namespace punctual::api
