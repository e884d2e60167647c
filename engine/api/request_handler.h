// SPDX-License-Identifier: GPL-3.0-or-later
// What the HTTP server asks for every request: first by its head, so that nobody without the right to
// call makes the server keep a body, then whole.
//
// Answers come in the server's thread, at once or later, and not after `context` is gone.
#pragma once

#include "api/request.h"
#include "api/response.h"
#include "core/actor.h"

#include <QObject>

#include <tl/expected.hpp>

#include <functional>

namespace punctual::api
{

struct Route;

/// A request that may go on.
struct Admission
{
    const Route* route = nullptr;
    QHash<QString, QString> parameters;
    Actor actor;
    qint64 bodyLimit = 0;             // bytes
    QStringList destinations = {};    // that the caller's token is limited to; empty: it is not
    std::vector<Header> headers = {}; // that go with its answer
};

using Admitted = tl::expected<Admission, Response>;

class RequestHandler
{
public:
    RequestHandler() = default;
    RequestHandler(const RequestHandler&) = delete;
    RequestHandler& operator=(const RequestHandler&) = delete;
    virtual ~RequestHandler() = default;

    /// `head` has no body yet.
    virtual void admit(const Request& head, QObject* context, std::function<void(Admitted)> admitted) = 0;
    virtual void handle(const Admission& admission, Request request, QObject* context, Respond respond) = 0;
};

} // namespace punctual::api
