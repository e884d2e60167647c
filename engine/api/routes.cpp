// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/routes.h"

#include "api/audit_handlers.h"
#include "api/decision_handlers.h"
#include "api/destination_handlers.h"
#include "api/event_handlers.h"
#include "api/figure_handlers.h"
#include "api/lane_handlers.h"
#include "api/message_handlers.h"
#include "api/metrics_handlers.h"
#include "api/operation_handlers.h"
#include "api/system_handlers.h"

namespace punctual::api
{

namespace
{

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

std::vector<Route> makeRoutes()
{
    using enum Role;
    const auto path = [](const char* text) { return QString::fromLatin1(text); };
    const auto why = words("reason"); // of a change, for the audit
    const auto filter = words("state destination tag key due_after due_before q fingerprint attempted_after "
                              "attempted_before attempt limit cursor");
    return {
        {"POST", path("/v1/messages"), Operator, &createMessage, why, BodySize::Message},
        {"POST", path("/v1/messages/batch"), Operator, &createMessages, why, BodySize::Batch},
        {"GET", path("/v1/messages"), Viewer, &listMessages, filter},
        {"GET", path("/v1/messages/{id}"), Viewer, &showMessage},
        {"GET", path("/v1/messages/{id}/attempts"), Viewer, &listAttempts, words("limit cursor")},
        {"GET", path("/v1/messages/{id}/why"), Viewer, &showWhy},
        {"POST", path("/v1/messages/{id}/resolve"), Operator, &resolveMessage, why},
        {"POST", path("/v1/messages/{id}/restore"), Operator, &restoreMessage, why},
        {"POST", path("/v1/messages/{id}/replay"), Operator, &replayMessage, why, BodySize::Message},
        {"PATCH", path("/v1/messages/{id}"), Operator, &changeMessage, why, BodySize::Message},
        {"DELETE", path("/v1/messages/{id}"), Operator, &cancelMessage, why},
        {"GET", path("/v1/dead-letters"), Viewer, &listDeadLetters, words("destination limit cursor")},
        {"POST", path("/v1/operations"), Operator, &createOperation, why},
        {"GET", path("/v1/operations"), Viewer, &listOperations, words("limit cursor")},
        {"GET", path("/v1/operations/{id}"), Viewer, &showOperation},
        {"GET", path("/v1/operations/{id}/items"), Viewer, &listOperationItems,
         words("verdict limit cursor")},
        {"DELETE", path("/v1/operations/{id}"), Operator, &abortOperation, why},
        {"POST", path("/v1/operations/{id}/undo"), Operator, &undoOperation, why},
        {"GET", path("/v1/destinations"), Viewer, &listDestinations, words("limit cursor")},
        {"GET", path("/v1/destinations/{name}"), Viewer, &showDestination},
        {"PUT", path("/v1/destinations/{name}"), Admin, &putDestination, why, BodySize::Message},
        {"PATCH", path("/v1/destinations/{name}"), Admin, &patchDestination, why, BodySize::Message},
        {"DELETE", path("/v1/destinations/{name}"), Admin, &removeDestination, why},
        {"POST", path("/v1/destinations/{name}/pause"), Admin, &pauseDestination, why},
        {"POST", path("/v1/destinations/{name}/resume"), Admin, &resumeDestination, why},
        {"POST", path("/v1/destinations/{name}/test"), Operator, &testDestination, why, BodySize::Message},
        {"GET", path("/v1/destinations/{name}/keys"), Viewer, &listBlockedKeys, words("limit cursor")},
        {"POST", path("/v1/destinations/{name}/keys/release"), Operator, &releaseKey, why},
        {"GET", path("/v1/destinations/{name}/quota"), Viewer, &showQuota, words("from until")},
        {"GET", path("/v1/forecast"), Viewer, &showForecast, words("destination hours")},
        {"GET", path("/v1/events"), Viewer, &followEvents, words("destination state")},
        {"GET", path("/v1/nodes"), Viewer, &listNodes, words("limit cursor")},
        {"GET", path("/v1/stats"), Viewer, &showStats, words("from until step destination")},
        {"GET", path("/v1/audit"), Viewer, &listAudit,
         words("actor action kind object origin after before limit cursor")},
        {"GET", path("/metrics"), Viewer, &showMetrics},
        {"GET", path("/healthz"), std::nullopt, &showHealth},
        {"GET", path("/readyz"), std::nullopt, &showReadiness},
        {"GET", path("/v1/openapi.yaml"), std::nullopt, &showDescription},
    };
}

} // namespace

const std::vector<Route>& routes()
{
    static const auto table = makeRoutes();
    return table;
}

} // namespace punctual::api
