// SPDX-License-Identifier: GPL-3.0-or-later
// The REST API behind the HTTP server: finds the route, checks the token and its role, and hands the
// call to the route's handler. A token that is limited to some destinations reaches no others (reach.h).
//
// Lives in the thread of its client.
#pragma once

#include "api/address_limiter.h"
#include "api/call_limiter.h"
#include "api/request_handler.h"
#include "api/route.h"
#include "api/server.h"
#include "api/token_cache.h"

namespace punctual::api
{

class Service : public RequestHandler
{
public:
    Service(client::Client& client, client::Administration& administration, EventHub& events,
            const ServerOptions& options);

    void admit(const Request& head, QObject* context, std::function<void(Admitted)> admitted) override;
    void handle(const Admission& admission, Request request, QObject* context, Respond respond) override;

private:
    [[nodiscard]] qint64 bodyLimit(BodySize size) const;
    [[nodiscard]] bool isOpen(const Route& route) const;

    [[nodiscard]] Admitted letIn(Admission admission, const Token& token);

    client::Client& m_client;
    client::Administration& m_administration;
    EventHub& m_events;
    MessageLimits m_limits;
    qint64 m_batchBytes;
    bool m_publicMetrics;
    TokenCache m_tokens;
    CallLimiter m_limiter;
    AddressLimiter m_strangers;
};

} // namespace punctual::api
