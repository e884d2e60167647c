// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/audit_handlers.h"

#include "api/call_reader.h"
#include "api/query_reader.h"
#include "client/audit_json.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

using Entries = std::vector<AuditEntry>;

AuditFilter readFilter(QueryReader& query)
{
    const auto text = [&query](const char* name) {
        return query.text(QLatin1StringView(name)).value_or(QString());
    };
    AuditFilter filter;
    filter.actor = text("actor");
    filter.action = text("action");
    filter.kind = text("kind");
    filter.object = text("object");
    filter.origin = text("origin");
    filter.after = query.instant(QLatin1StringView("after"));
    filter.before = query.instant(QLatin1StringView("before"));
    const QLatin1StringView nameCursor("cursor");
    if (const auto cursor = query.text(nameCursor)) {
        bool isNumber = false;
        filter.beforeId = cursor->toLongLong(&isNumber);
        if (!isNumber)
            query.wrong(QString(nameCursor), QStringLiteral("is not a next_cursor of this list"));
    }
    return filter;
}

/// `entries` may have one more than asked for, which tells that there is a next page.
Response render(Entries entries, int limit)
{
    QJsonValue next;
    if (entries.size() > static_cast<std::size_t>(limit)) {
        entries.resize(static_cast<std::size_t>(limit));
        next = QString::number(entries.back().id);
    }
    QJsonArray items;
    for (const auto& entry : entries)
        items.append(toJson(entry));
    return Response::json(200, {{QStringLiteral("items"), items}, {QStringLiteral("next_cursor"), next}});
}

} // namespace

void listAudit(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const auto filter = readFilter(query);
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->administration.audit(
        call->actor, filter, limit + 1, call->context,
        answer<Entries>(call, [limit](const Entries& entries) { return render(entries, limit); }));
}

} // namespace punctual::api
