// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/reach.h"

#include "api/call_reader.h"

namespace punctual::api
{

Reach reachOf(const Route& route)
{
    if (!route.role || route.pattern == u"/v1/nodes")
        return Reach::Nothing;
    if (route.pattern.startsWith(u"/v1/destinations/{name}"))
        return Reach::Destination;
    if (route.pattern.startsWith(u"/v1/messages/{id}"))
        return Reach::Message;
    static const QStringList asked{
        QStringLiteral("POST /v1/messages"),  QStringLiteral("POST /v1/messages/batch"),
        QStringLiteral("GET /v1/messages"),   QStringLiteral("GET /v1/destinations"),
        QStringLiteral("GET /v1/forecast"),   QStringLiteral("GET /v1/stats"),
        QStringLiteral("GET /v1/events"),     QStringLiteral("GET /v1/dead-letters"),
        QStringLiteral("POST /v1/operations")};
    return asked.contains(QString::fromLatin1(route.method) + u' ' + route.pattern) ? Reach::Asked
                                                                                    : Reach::Everything;
}

bool mayReach(const Call& call, const QString& destination)
{
    return call.destinations.isEmpty() || call.destinations.contains(destination);
}

Response outOfReach(const QStringList& destinations)
{
    return problem(problem_kind::forbidden, QStringLiteral("The token reaches these destinations only: %1.")
                                                .arg(destinations.join(QStringLiteral(", "))));
}

std::optional<Response> refusedReach(const Route& route, const PathParameters& parameters,
                                     const QStringList& destinations)
{
    if (destinations.isEmpty())
        return std::nullopt;
    const auto reach = reachOf(route);
    const bool isOther =
        reach == Reach::Destination && !destinations.contains(parameters.value(QStringLiteral("name")));
    return reach == Reach::Everything || isOther ? std::optional(outOfReach(destinations)) : std::nullopt;
}

void withinReach(const Route& route, const CallPointer& call)
{
    if (call->destinations.isEmpty() || reachOf(route) != Reach::Message)
        return route.handle(call);
    // A message keeps its destination for ever, so nothing can change between this look and the call.
    call->client.find(call->actor, idOf(call), call->context, [&route, call](const Result<Message>& message) {
        if (!message && message.error().code == ErrorCode::NotFound)
            route.handle(call); // which says so in its own way; the database looks at the reach once more
        else if (!message)
            call->respond(problem(message.error()));
        else if (!mayReach(*call, message->destination))
            call->respond(outOfReach(call->destinations));
        else
            route.handle(call);
    });
}

} // namespace punctual::api
