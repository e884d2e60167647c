// SPDX-License-Identifier: GPL-3.0-or-later
// One line of the route table, and the call that a request becomes once it is routed and its caller
// known.
#pragma once

#include "api/problem.h"
#include "api/request.h"
#include "client/administration.h"
#include "client/client.h"
#include "core/actor.h"
#include "core/message_json.h"

#include <memory>
#include <type_traits>

namespace punctual::api
{

/// Values of the parts in braces of a route's pattern.
using PathParameters = QHash<QString, QString>;

class EventHub;

struct Call
{
    client::Client& client;
    client::Administration& administration;
    EventHub& events;
    const MessageLimits& limits;
    Actor actor;
    QStringList destinations; // that the caller's token is limited to; empty: it is not
    PathParameters parameters;
    Request request;
    QObject* context; // gone when nobody waits for the answer any more
    Respond respond;  // once
};

/// Shared, since its handler returns before the answer comes.
using CallPointer = std::shared_ptr<const Call>;

/// How large a request's body may be.
enum class BodySize { Small, Message, Batch };

struct Route
{
    QByteArray method;
    QString pattern;          // "/v1/messages/{id}"
    std::optional<Role> role; // the least that may call it; absent: nobody is asked for a token
    void (*handle)(const CallPointer& call);
    QStringList query = {}; // names of the parameters that it knows
    BodySize body = BodySize::Small;
};

/// The answer to a question to the database: what `render` makes of its value, or the problem.
template <class Value, class Render>
[[nodiscard]] client::Answer<Value> answer(const CallPointer& call, Render render)
{
    return [call, render = std::move(render)](const Result<Value>& result) {
        if (!result)
            call->respond(problem(ofSingle(result.error())));
        else if constexpr (std::is_void_v<Value>)
            call->respond(render());
        else
            call->respond(render(*result));
    };
}

} // namespace punctual::api
