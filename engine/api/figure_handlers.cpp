// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/figure_handlers.h"

#include "api/call_reader.h"
#include "api/query_reader.h"
#include "api/reach.h"
#include "api/short_list.h"
#include "client/figures_json.h"
#include "core/uuid_v7.h"

namespace punctual::api
{

namespace
{

constexpr int longestStep = 31 * 24 * 3600; // seconds

} // namespace

void listNodes(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    // Ids of nodes are in the order in which they were started.
    const auto page =
        readShortPage(query, [](const QString& key) { return toText(QUuid::fromString(key)) == key; });
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.status(call->actor, call->context,
                        answer<SystemStatus>(call, [page](const SystemStatus& status) {
                            return renderShortPage(status.nodes, page,
                                                   [](const NodeStatus& node) { return toText(node.id); });
                        }));
}

/// A token that is limited gets the figures of its destinations alone.
void showStats(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    FigureWindow window;
    window.from = query.instant(QLatin1StringView("from"));
    window.until = query.instant(QLatin1StringView("until"));
    if (const auto step = query.integer(QLatin1StringView("step"), 1, longestStep))
        window.step = std::chrono::seconds(*step);
    const auto destination = query.text(QLatin1StringView("destination"));
    if (!errors.empty())
        return refuseQuery(call, errors);
    if (destination && !mayReach(*call, *destination))
        return call->respond(outOfReach(call->destinations));
    window.destinations = destination ? QStringList(*destination) : call->destinations;
    call->client.windowFigures(call->actor, window, call->context,
                               answer<WindowFigures>(call, [](const WindowFigures& figures) {
                                   return Response::json(200, toJson(figures));
                               }));
}

} // namespace punctual::api
