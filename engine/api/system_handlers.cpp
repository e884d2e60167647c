// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/system_handlers.h"

#include <QFile>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

namespace punctual::api
{

namespace
{

using namespace std::chrono_literals;

constexpr auto patience = 2s; // with a database that neither answers nor fails

Response renderStatus(const SystemStatus& status)
{
    const bool served = std::any_of(status.nodes.begin(), status.nodes.end(),
                                    [](const NodeStatus& node) { return node.alive && node.shards > 0; });
    if (served)
        return Response::json(200, {{QStringLiteral("status"), QStringLiteral("ready")}});
    return problem(problem_kind::notReady,
                   QStringLiteral("No live node holds shards: nothing is being delivered."));
}

} // namespace

void showHealth(const CallPointer& call)
{
    call->respond(Response::json(200, {{QStringLiteral("status"), QStringLiteral("ok")}}));
}

void showReadiness(const CallPointer& call)
{
    const auto answered = std::make_shared<bool>(false);
    const auto respond = [call, answered](const Response& response) {
        if (!std::exchange(*answered, true))
            call->respond(response);
    };
    QTimer::singleShot(patience, call->context, [respond] {
        respond(problem(problem_kind::notReady, QStringLiteral("The database does not answer.")));
    });
    call->client.status(call->actor, call->context, [respond](const Result<SystemStatus>& status) {
        respond(status ? renderStatus(*status) : problem(problem_kind::notReady, status.error().detail));
    });
}

void showDescription(const CallPointer& call)
{
    QFile file(QStringLiteral(":/punctual/openapi.yaml"));
    if (file.open(QIODevice::ReadOnly))
        call->respond({200, file.readAll(), QByteArrayLiteral("application/yaml")});
    else
        call->respond(problem(Error{ErrorCode::Internal, file.errorString()}));
}

} // namespace punctual::api
