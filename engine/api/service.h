// SPDX-License-Identifier: GPL-3.0-or-later
// The REST API behind the HTTP server: finds the route, checks the token and its role, and hands the
// call to the route's handler.
//
// Lives in the thread of its client.
#pragma once

#include "api/request_handler.h"
#include "api/route.h"
#include "api/token_cache.h"

namespace punctual::api
{

class Service : public RequestHandler
{
public:
    /// `batchBytes` is the limit of a batch's body.
    Service(client::Client& client, const MessageLimits& limits, qint64 batchBytes);

    void admit(const Request& head, QObject* context, std::function<void(Admitted)> admitted) override;
    void handle(const Admission& admission, Request request, QObject* context, Respond respond) override;

private:
    [[nodiscard]] qint64 bodyLimit(BodySize size) const;

    client::Client& m_client;
    MessageLimits m_limits;
    qint64 m_batchBytes;
    TokenCache m_tokens;
};

} // namespace punctual::api
