// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the facade that the pages of a window read by.
#include "client/client_pool.h"
#include "client/figures.h"
#include "store/access_queries.h"
#include "store/administration_queries.h"

namespace punctual::client
{

void Client::figures(const Actor& actor, const FigureSteps& steps, QObject* context, Answer<Figures> answer)
{
    ask(
        actor, context, [steps](store::Connection& connection) { return client::figures(connection, steps); },
        std::move(answer));
}

void Client::windowFigures(const Actor& actor, const FigureWindow& window, QObject* context,
                           Answer<WindowFigures> answer)
{
    ask(
        actor, context,
        [window](store::Connection& connection) { return client::windowFigures(connection, window); },
        std::move(answer));
}

void Client::destinationFigures(const Actor& actor, QObject* context,
                                Answer<std::vector<DestinationFigures>> answer)
{
    ask(
        actor, context, [](store::Connection& connection) { return client::destinationFigures(connection); },
        std::move(answer));
}

void Client::healthFigures(const Actor& actor, QObject* context, Answer<HealthFigures> answer)
{
    ask(
        actor, context, [](store::Connection& connection) { return client::healthFigures(connection); },
        std::move(answer));
}

void Client::access(const Actor& actor, QObject* context, Answer<Access> answer)
{
    ask(
        actor, context, [](store::Connection& connection) { return store::access(connection); },
        std::move(answer));
}

void Client::audit(const Actor& actor, const AuditFilter& filter, int limit, QObject* context,
                   Answer<std::vector<AuditEntry>> answer)
{
    ask(
        actor, context,
        [filter, limit](store::Connection& connection) { return store::audit(connection, filter, limit); },
        std::move(answer));
}

void Client::checkSeals(const Actor& actor, qint64 after, int limit, QObject* context,
                        Answer<std::vector<AuditSeal>> answer)
{
    ask(
        actor, context,
        [after, limit](store::Connection& connection) { return store::checkSeals(connection, after, limit); },
        std::move(answer));
}

} // namespace punctual::client
