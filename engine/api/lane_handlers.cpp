// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/lane_handlers.h"

#include "api/call_reader.h"
#include "api/query_reader.h"
#include "api/reach.h"
#include "client/lane_json.h"
#include "core/field_reader.h"
#include "core/forecast.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

using namespace std::chrono_literals;

constexpr int usualHours = 24;
constexpr int mostHours = longestForecast.count();
constexpr Duration usualHistory = 24h;
constexpr Duration longestHistory = 31 * 24h;

using Keys = std::vector<BlockedKey>;

template <class Item, class Render>
QJsonArray toArray(const std::vector<Item>& items, Render render)
{
    QJsonArray array;
    for (const auto& item : items)
        array.append(render(item));
    return array;
}

/// `keys` may have one more than asked for, which tells that there is a next page.
Response renderKeys(Keys keys, int limit)
{
    QJsonValue next;
    if (keys.size() > static_cast<std::size_t>(limit)) {
        keys.resize(static_cast<std::size_t>(limit));
        next = keyCursor(keys.back().key);
    }
    const auto render = [](const BlockedKey& key) { return toJson(key); };
    return Response::json(
        200, {{QStringLiteral("items"), toArray(keys, render)}, {QStringLiteral("next_cursor"), next}});
}

struct Span
{
    Instant from;
    Instant until;
};

Span readSpan(QueryReader& query)
{
    const QLatin1StringView nameFrom("from");
    const auto from = query.instant(nameFrom);
    const auto until = query.instant(QLatin1StringView("until"));
    const Instant end =
        until.value_or(std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
    const Span span{from.value_or(end - usualHistory), end};
    if (span.from >= span.until)
        query.wrong(QString(nameFrom), QStringLiteral("is not before until"));
    else if (span.until - span.from > longestHistory)
        query.wrong(QString(nameFrom), QStringLiteral("is more than 31 days before until"));
    return span;
}

Response renderQuota(const Destination& destination, const std::vector<QuotaMinute>& minutes)
{
    const auto now =
        quotaNow(destination, std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
    return Response::json(200, {{QStringLiteral("now"), now ? QJsonValue(toJson(*now)) : QJsonValue()},
                                {QStringLiteral("items"),
                                 toArray(minutes, [](const QuotaMinute& minute) { return toJson(minute); })},
                                {QStringLiteral("next_cursor"), QJsonValue()}});
}

} // namespace

void listBlockedKeys(const CallPointer& call)
{
    const QLatin1StringView nameCursor("cursor");
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    const auto cursor = query.text(nameCursor);
    const auto after = cursor ? parseKeyCursor(*cursor) : QString();
    if (!after)
        query.wrong(QString(nameCursor), QStringLiteral("is not a next_cursor of this list"));
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.blockedKeys(
        call->actor, nameOf(call), *after, limit + 1, call->context,
        answer<Keys>(call, [limit](const Keys& keys) { return renderKeys(keys, limit); }));
}

void releaseKey(const CallPointer& call)
{
    withObject(call, [&call](const QJsonObject& object) {
        const QLatin1StringView fieldKey("key");
        std::vector<FieldError> errors;
        FieldReader fields(object, QString(), errors);
        if (!fields.has(fieldKey))
            fields.wrong(fieldKey, QStringLiteral("is missing"));
        const auto key = fields.text(fieldKey);
        Actor actor = call->actor;
        FieldReader::assign(actor.reason, fields.text(QLatin1StringView("reason")));
        fields.refuseUnknownFields();
        if (!errors.empty())
            return refuseBody(call, errors);
        call->client.releaseKey(actor, nameOf(call), *key, call->context, answer<void>(call, [] {
                                    return Response{204, {}, {}};
                                }));
    });
}

void showForecast(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const auto destination = query.text(QLatin1StringView("destination"));
    const int hours = query.integer(QLatin1StringView("hours"), 1, mostHours).value_or(usualHours);
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.forecasts(
        call->actor, destination, hours, call->context,
        answer<std::vector<Forecast>>(call, [call](const std::vector<Forecast>& forecasts) {
            QJsonArray items;
            for (const auto& forecast : forecasts)
                if (mayReach(*call, forecast.destination))
                    items.append(toJson(forecast));
            return Response::json(
                200, {{QStringLiteral("items"), items}, {QStringLiteral("next_cursor"), QJsonValue()}});
        }));
}

void showQuota(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const Span span = readSpan(query);
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.destination(
        call->actor, nameOf(call), call->context, [call, span](const Result<Destination>& destination) {
            if (!destination)
                return call->respond(problem(destination.error()));
            using Minutes = std::vector<QuotaMinute>;
            call->client.quotaHistory(
                call->actor, destination->name, span.from, span.until, call->context,
                answer<Minutes>(call, [destination = *destination](const Minutes& minutes) {
                    return renderQuota(destination, minutes);
                }));
        });
}

} // namespace punctual::api
