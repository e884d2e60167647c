// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/service.h"

#include "api/bearer_token.h"
#include "api/metrics_handlers.h"
#include "api/query_reader.h"
#include "api/reach.h"
#include "api/router.h"
#include "api/routes.h"

#include <algorithm>

namespace punctual::api
{

namespace
{

using SteadyClock = std::chrono::steady_clock;

constexpr qint64 smallBody = 64LL * 1024;
constexpr auto restOrigin = QLatin1StringView("rest");

/// For limiters, which are told the time of a clock that does not jump.
Instant limiterNow()
{
    return Instant(std::chrono::duration_cast<Duration>(SteadyClock::now().time_since_epoch()));
}

Response refusal(const RouteMatch& match)
{
    if (match.allowed.isEmpty())
        return problem(problem_kind::unknownPath, QStringLiteral("See /v1/openapi.yaml for what there is."));
    const QByteArray allowed = match.allowed.join(", ");
    return problem(problem_kind::methodNotAllowed,
                   QStringLiteral("It takes %1.").arg(QString::fromLatin1(allowed)))
        .with(QByteArrayLiteral("Allow"), allowed);
}

Admitted authorised(Admission admission, const Token& token)
{
    const Role least = admission.route->role.value_or(Role::Viewer);
    if (token.role < least)
        return tl::unexpected(
            problem(problem_kind::forbidden, QStringLiteral("It needs the role %1; the token has %2.")
                                                 .arg(toText(least), toText(token.role))));
    if (auto refused = refusedReach(*admission.route, admission.parameters, token.destinations))
        return tl::unexpected(*std::move(refused));
    admission.actor = Actor{
        .name = token.name, .origin = restOrigin, .role = token.role, .destinations = token.destinations};
    admission.destinations = token.destinations;
    return admission;
}

/// Parameters that the route does not know.
std::vector<FieldError> unknownParameters(const Route& route, const Request& request)
{
    std::vector<FieldError> errors;
    QueryReader query(request.query, errors);
    for (const auto& item : request.query)
        if (!route.query.contains(item.name))
            query.wrong(item.name, QStringLiteral("is not a known parameter"));
    return errors;
}

} // namespace

Service::Service(client::Client& client, client::Administration& administration, EventHub& events,
                 const ServerOptions& options)
    : m_client(client)
    , m_administration(administration)
    , m_events(events)
    , m_limits(options.limits)
    , m_batchBytes(options.http.batchBytes)
    , m_publicMetrics(options.publicMetrics)
    , m_limiter(options.requestsPerSecond)
    , m_strangers(options.strangersPerSecond)
{
}

/// Nobody is asked for a token.
bool Service::isOpen(const Route& route) const
{
    return !route.role || (m_publicMetrics && route.handle == &showMetrics);
}

qint64 Service::bodyLimit(BodySize size) const
{
    switch (size) {
    case BodySize::Small:
        return smallBody;
    case BodySize::Message:
        return 6 * m_limits.bodyBytes + smallBody; // JSON may take six bytes for one: \u0000
    case BodySize::Batch:
        return m_batchBytes;
    }
    Q_UNREACHABLE();
}

void Service::admit(const Request& head, QObject* context, std::function<void(Admitted)> admitted)
{
    const auto match = findRoute(routes(), head.method, head.path);
    if (!match.route)
        return admitted(tl::unexpected(refusal(match)));
    Admission admission{match.route, match.parameters, {}, bodyLimit(match.route->body)};
    if (isOpen(*match.route)) {
        admission.actor = Actor{QStringLiteral("anyone"), restOrigin, Role::Viewer};
        return admitted(std::move(admission));
    }
    const QByteArray secret = bearerToken(head);
    if (secret.isEmpty())
        return admitted(tl::unexpected(problem(
            problem_kind::unauthenticated, QStringLiteral("Send a header Authorization: Bearer <token>."))));
    if (const auto token = m_tokens.find(secret, SteadyClock::now()))
        return admitted(letIn(std::move(admission), *token));
    if (!m_tokens.wasKnown(secret) && !m_strangers.take(head.address, limiterNow()))
        return admitted(tl::unexpected(
            problem(problem_kind::tooManyRequests,
                    QStringLiteral("Too many unknown tokens from here: wait as long as Retry-After says."))));
    m_client.authenticate(
        QString::fromLatin1(secret), context,
        [this, secret, admission, admitted = std::move(admitted)](const Result<Token>& token) {
            if (!token) {
                if (token.error().code == ErrorCode::Unauthenticated)
                    m_tokens.remove(secret);
                return admitted(tl::unexpected(problem(token.error())));
            }
            m_tokens.insert(secret, *token, SteadyClock::now());
            admitted(letIn(admission, *token));
        });
}

/// A call that is refused for another reason counts as well.
Admitted Service::letIn(Admission admission, const Token& token)
{
    auto verdict = m_limiter.take(token.id, limiterNow());
    auto admitted =
        verdict.allowed
            ? authorised(std::move(admission), token)
            : Admitted(tl::unexpected(problem(problem_kind::tooManyRequests,
                                              QStringLiteral("Wait as long as Retry-After says."))));
    auto& headers = admitted ? admitted->headers : admitted.error().headers;
    headers.insert(headers.end(), verdict.headers.begin(), verdict.headers.end());
    return admitted;
}

void Service::handle(const Admission& admission, Request request, QObject* context, Respond respond)
{
    const Route& route = *admission.route;
    if (const auto errors = unknownParameters(route, request); !errors.empty())
        return respond(
            problem(problem_kind::invalidInput, QStringLiteral("The query is not valid."), errors));
    Actor actor = admission.actor;
    actor.address = request.address;
    std::vector<FieldError> errors;
    actor.reason = QueryReader(request.query, errors).text(QLatin1StringView("reason")).value_or(QString());
    if (!errors.empty())
        return respond(
            problem(problem_kind::invalidInput, QStringLiteral("The query is not valid."), errors));
    withinReach(route, std::make_shared<const Call>(Call{m_client, m_administration, m_events, m_limits,
                                                         std::move(actor), admission.destinations,
                                                         admission.parameters, std::move(request), context,
                                                         std::move(respond)}));
}

} // namespace punctual::api
