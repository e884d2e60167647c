// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at messages and cancelling them. Scheduling is in message_create.cpp.
#include "api/message_handlers.h"

#include "api/call_reader.h"
#include "api/entity_tag.h"
#include "api/query_reader.h"
#include "api/reach.h"
#include "api/short_list.h"
#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

constexpr int mostReplays = 100;

template <class Item>
QJsonArray toArray(const std::vector<Item>& items)
{
    QJsonArray array;
    for (const auto& item : items)
        array.append(toJson(item));
    return array;
}

/// Filters on when messages are due, in which order they are and where the page begins.
MessageFilter readFilter(QueryReader& query)
{
    MessageFilter filter;
    const auto readWords = [&query](QLatin1StringView name, const char* kind, auto parse, auto& values) {
        for (const auto& word : query.texts(name)) {
            if (const auto value = parse(word))
                values.push_back(*value);
            else
                query.wrong(QString(name),
                            QStringLiteral("has a value that is not %1").arg(QLatin1StringView(kind)));
        }
    };
    readWords(QLatin1StringView("state"), "a state", &parseMessageState, filter.states);
    readWords(QLatin1StringView("attempt"), "the result of an attempt", &parseAttemptResult, filter.results);
    filter.destination = query.text(QLatin1StringView("destination")).value_or(QString());
    filter.tag = query.text(QLatin1StringView("tag")).value_or(QString());
    filter.key = query.text(QLatin1StringView("key")).value_or(QString());
    filter.dueAfter = query.instant(QLatin1StringView("due_after"));
    filter.dueBefore = query.instant(QLatin1StringView("due_before"));
    filter.attemptedAfter = query.instant(QLatin1StringView("attempted_after"));
    filter.attemptedBefore = query.instant(QLatin1StringView("attempted_before"));
    filter.text = query.text(QLatin1StringView("q")).value_or(QString());
    filter.fingerprint = query.text(QLatin1StringView("fingerprint")).value_or(QString());
    return filter;
}

std::optional<MessageCursor> readCursor(QueryReader& query)
{
    const QLatin1StringView name("cursor");
    const auto written = query.text(name);
    if (!written)
        return std::nullopt;
    const auto cursor = parseMessageCursor(*written);
    if (!cursor)
        query.wrong(QString(name), QStringLiteral("is not a next_cursor of this list"));
    return cursor;
}

Response renderPage(const MessagePage& page)
{
    return Response::json(
        200, {{QStringLiteral("items"), toArray(page.items)},
              {QStringLiteral("next_cursor"), page.next ? QJsonValue(toText(*page.next)) : QJsonValue()}});
}

/// In its order as a text, too.
QString keyOfAttempt(int number)
{
    return QStringLiteral("%1").arg(number, 10, 10, QLatin1Char('0'));
}

Response renderMessage(const Message& message, const std::vector<MessageId>& replays)
{
    QJsonArray ids;
    for (const auto& id : replays)
        ids.append(toText(id));
    QJsonObject object = toJson(message);
    object.insert(QStringLiteral("replays"), ids);
    return Response::json(200, object).with(QByteArrayLiteral("ETag"), entityTagOf(message));
}

/// Why a message with this verdict was not cancelled, for a person.
QString reasonOf(const CancelVerdict& verdict)
{
    if (!verdict.state)
        return QStringLiteral("There is no message with this id.");
    const auto& message = verdict.message;
    if (verdict.state == MessageState::Delivering && message && message->claimedAt)
        return QStringLiteral("Attempt %1 began at %2.")
            .arg(message->attempts)
            .arg(toRfc3339(*message->claimedAt));
    if (message && message->finishedAt)
        return QStringLiteral("It is %1 since %2.")
            .arg(toText(*verdict.state), toRfc3339(*message->finishedAt));
    return QStringLiteral("It is %1.").arg(toText(*verdict.state));
}

Response renderVerdict(const CancelVerdict& verdict)
{
    QJsonObject members{{QStringLiteral("verdict"), QString(toText(verdict))}};
    if (verdict.message)
        members.insert(QStringLiteral("message"), toJson(*verdict.message));
    if (verdict.isCancelled())
        return Response::json(200, members);
    return problem(verdict.state ? problem_kind::notCancelled : problem_kind::notFound, reasonOf(verdict), {},
                   members);
}

} // namespace

void listMessages(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    auto filter = readFilter(query);
    const auto cursor = readCursor(query);
    const int limit = query.integer(QLatin1StringView("limit"), 1, mostItems).value_or(usualItems);
    if (!errors.empty())
        return refuseQuery(call, errors);
    if (filter.destination.isEmpty() && call->destinations.size() == 1)
        filter.destination = call->destinations.front();
    if (!mayReach(*call, filter.destination))
        return call->respond(outOfReach(call->destinations));
    call->client.list(call->actor, filter, cursor, limit, call->context,
                      answer<MessagePage>(call, &renderPage));
}

void respondWith(const CallPointer& call, const Message& message)
{
    call->client.replays(
        call->actor, message.id, mostReplays, call->context,
        answer<std::vector<MessageId>>(call, [message](const std::vector<MessageId>& replays) {
            return renderMessage(message, replays);
        }));
}

void showMessage(const CallPointer& call)
{
    call->client.find(call->actor, idOf(call), call->context, [call](const Result<Message>& message) {
        if (message)
            respondWith(call, *message);
        else
            call->respond(problem(message.error()));
    });
}

void listAttempts(const CallPointer& call)
{
    std::vector<FieldError> errors;
    QueryReader query(call->request.query, errors);
    const auto page =
        readShortPage(query, [](const QString& key) { return keyOfAttempt(key.toInt()) == key; });
    if (!errors.empty())
        return refuseQuery(call, errors);
    call->client.attempts(call->actor, idOf(call), call->context,
                          answer<std::vector<Attempt>>(call, [page](const std::vector<Attempt>& attempts) {
                              return renderShortPage(attempts, page, [](const Attempt& attempt) {
                                  return keyOfAttempt(attempt.number);
                              });
                          }));
}

void cancelMessage(const CallPointer& call)
{
    call->client.cancel(call->actor, idOf(call), call->context, answer<CancelVerdict>(call, &renderVerdict));
}

} // namespace punctual::api
