// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/event_handlers.h"

#include "api/bearer_token.h"
#include "api/call_reader.h"
#include "api/event_hub.h"
#include "api/query_reader.h"
#include "api/reach.h"

namespace punctual::api
{

namespace
{

constexpr const char* eventStream = "text/event-stream";

EventFilter readFilter(QueryReader& query)
{
    EventFilter filter;
    const auto names = query.texts(QLatin1StringView("destination"));
    filter.destinations = {names.begin(), names.end()};
    const auto states = query.texts(QLatin1StringView("state"));
    for (const auto& word : states) {
        if (const auto state = parseMessageState(word))
            filter.states.insert(*state);
        else
            query.wrong(QStringLiteral("state"), QStringLiteral("is not a state of messages"));
    }
    return filter;
}

/// An empty one is none: so a browser says that it knows of no event.
std::optional<ChangePlace> readPlace(const Request& request, std::vector<FieldError>& errors)
{
    const QByteArray text = request.headers.value(QByteArrayLiteral("last-event-id"));
    if (text.isEmpty())
        return std::nullopt;
    const auto place = parseChangePlace(QString::fromLatin1(text));
    if (!place)
        errors.push_back(
            {QStringLiteral("/Last-Event-ID"), QStringLiteral("is not the id of an event of this list")});
    return place;
}

/// While the database is away nobody can tell: he stays.
EventHub::CheckRight rightOf(client::Client& client, const QByteArray& secretToken)
{
    return [&client, secret = QString::fromLatin1(secretToken)](QObject* context,
                                                                const std::function<void(bool)>& answer) {
        client.authenticate(secret, context, [answer](const Result<Token>& token) {
            answer(token || token.error().code != ErrorCode::Unauthenticated);
        });
    };
}

} // namespace

void followEvents(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    EventFilter filter = readFilter(query);
    const auto after = readPlace(call->request, errors);
    if (!errors.empty())
        return refuseQuery(call, errors);
    for (const auto& name : std::as_const(filter.destinations))
        if (!mayReach(*call, name))
            return call->respond(outOfReach(call->destinations));
    if (filter.destinations.isEmpty())
        filter.destinations = {call->destinations.begin(), call->destinations.end()};
    if (call->request.method == "HEAD")
        return call->respond({200, {}, eventStream});
    if (call->events.isFull())
        return call->respond(problem(problem_kind::unavailable, QStringLiteral("Too many listen already.")));
    call->events.open(filter, after, call->context, rightOf(call->client, bearerToken(call->request)),
                      [call](const Result<std::shared_ptr<EventStream>>& stream) {
                          if (!stream)
                              return call->respond(problem(stream.error()));
                          Response response{200, {}, eventStream};
                          response.stream = *stream;
                          call->respond(std::move(response));
                      });
}

} // namespace punctual::api
