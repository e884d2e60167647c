// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/client.h"

#include "client/client_pool.h"
#include "client/decisions.h"
#include "client/destination_tester.h"
#include "client/schedule_groups.h"
#include "core/uuid_v7.h"
#include "store/destination_queries.h"
#include "store/lane_queries.h"
#include "store/message_queries.h"
#include "store/statistics_queries.h"

#include <QCryptographicHash>

namespace punctual::client
{

using store::Connection;

namespace
{

Result<std::vector<Attempt>> attemptsOf(Connection& connection, const MessageId& id)
{
    auto message = store::find(connection, id);
    if (!message)
        return tl::unexpected(message.error());
    if (!*message)
        return failure(ErrorCode::NotFound, QStringLiteral("There is no message %1.").arg(toText(id)));
    return store::attempts(connection, id);
}

Result<CancelVerdict> cancelVerdict(Connection& connection, const MessageId& id)
{
    return store::cancel(connection, id).and_then([&](const auto& state) {
        return store::find(connection, id).map([&](const auto& message) {
            return CancelVerdict{state, message};
        });
    });
}

/// Runs `use` if there is such a destination.
template <class Use>
auto withDestination(Connection& connection, const QString& name, Use use)
{
    return store::destination(connection, name).and_then([&](const Destination&) { return use(); });
}

} // namespace

Client::Client(const DatabaseAddress& address, int connections, QObject* parent)
    : QObject(parent)
    , m_pool(std::make_unique<Pool>(address, connections))
    , m_groups(std::make_unique<ScheduleGroups>(
          [this](const Actor& actor, std::vector<NewMessage> messages, Answer<Scheduled> stored) {
              ask(
                  actor, m_groups.get(),
                  [messages = std::move(messages)](Connection& connection) {
                      return store::scheduleSingles(connection, messages);
                  },
                  std::move(stored));
          }))
{
}

Client::~Client() = default;

void Client::schedule(const Actor& actor, std::vector<NewMessage> messages,
                      std::optional<Idempotency> idempotency, QObject* context, Answer<Scheduled> answer)
{
    const Instant now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    for (auto& message : messages)
        if (message.id.isNull())
            message.id = makeUuidV7(now);
    if (messages.size() == 1 && !idempotency)
        return m_groups->add(actor, std::move(messages.front()), context, std::move(answer));
    ask(
        actor, context,
        [messages = std::move(messages), idempotency = std::move(idempotency)](Connection& connection) {
            return store::schedule(connection, messages, idempotency);
        },
        std::move(answer));
}

void Client::cancel(const Actor& actor, const MessageId& id, QObject* context, Answer<CancelVerdict> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return cancelVerdict(connection, id); },
        std::move(answer));
}

void Client::resolve(const Actor& actor, const MessageId& id, MessageState state, QObject* context,
                     Answer<MoveVerdict> answer)
{
    ask(
        actor, context,
        [id, state](Connection& connection) { return client::resolve(connection, id, state); },
        std::move(answer));
}

void Client::restore(const Actor& actor, const MessageId& id, QObject* context, Answer<MoveVerdict> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return client::restore(connection, id); },
        std::move(answer));
}

void Client::find(const Actor& actor, const MessageId& id, QObject* context, Answer<Message> answer)
{
    ask(
        actor, context,
        [id](Connection& connection) {
            return store::find(connection, id)
                .and_then([&](std::optional<Message> message) -> Result<Message> {
                    if (!message)
                        return failure(ErrorCode::NotFound,
                                       QStringLiteral("There is no message %1.").arg(toText(id)));
                    return std::move(*message);
                });
        },
        std::move(answer));
}

void Client::attempts(const Actor& actor, const MessageId& id, QObject* context,
                      Answer<std::vector<Attempt>> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return attemptsOf(connection, id); },
        std::move(answer));
}

void Client::list(const Actor& actor, const MessageFilter& filter, const std::optional<MessageCursor>& after,
                  int limit, QObject* context, Answer<MessagePage> answer)
{
    ask(
        actor, context,
        [filter, after, limit](Connection& connection) {
            return store::list(connection, filter, after, limit);
        },
        std::move(answer));
}

void Client::reschedule(const Actor& actor, const MessageId& id, Instant dueAt, QObject* context,
                        Answer<Rescheduled> answer)
{
    ask(
        actor, context,
        [id, dueAt](Connection& connection) { return store::reschedule(connection, id, dueAt); },
        std::move(answer));
}

void Client::changeMessage(const Actor& actor, const MessageId& id, const MessageChange& change,
                           QObject* context, Answer<ChangeVerdict> answer)
{
    ask(
        actor, context,
        [id, change](Connection& connection) { return store::changeMessage(connection, id, change); },
        std::move(answer));
}

void Client::why(const Actor& actor, const MessageId& id, QObject* context, Answer<Why> answer)
{
    ask(
        actor, context, [id](Connection& connection) { return store::why(connection, id); },
        std::move(answer));
}

void Client::blockedKeys(const Actor& actor, const QString& destination, const QString& after, int limit,
                         QObject* context, Answer<std::vector<BlockedKey>> answer)
{
    ask(
        actor, context,
        [destination, after, limit](Connection& connection) {
            return withDestination(connection, destination,
                                   [&] { return store::blockedKeys(connection, destination, after, limit); });
        },
        std::move(answer));
}

void Client::releaseKey(const Actor& actor, const QString& destination, const QString& key, QObject* context,
                        Answer<void> answer)
{
    ask(
        actor, context,
        [destination, key](Connection& connection) {
            return store::releaseKey(connection, destination, key).and_then([&](bool was) -> Result<void> {
                if (was)
                    return {};
                return failure(ErrorCode::NotFound,
                               QStringLiteral("The key \"%1\" of %2 is not parked.").arg(key, destination));
            });
        },
        std::move(answer));
}

void Client::forecasts(const Actor& actor, const std::optional<QString>& destination, int hours,
                       QObject* context, Answer<std::vector<Forecast>> answer)
{
    ask(
        actor, context,
        [destination, hours](Connection& connection) -> Result<std::vector<Forecast>> {
            if (!destination)
                return store::forecasts(connection, destination, hours);
            return withDestination(connection, *destination,
                                   [&] { return store::forecasts(connection, destination, hours); });
        },
        std::move(answer));
}

void Client::quotaHistory(const Actor& actor, const QString& destination, Instant from, Instant until,
                          QObject* context, Answer<std::vector<QuotaMinute>> answer)
{
    ask(
        actor, context,
        [destination, from, until](Connection& connection) {
            return withDestination(connection, destination,
                                   [&] { return store::quotaHistory(connection, destination, from, until); });
        },
        std::move(answer));
}

void Client::testDestination(const Actor& actor, const QString& name, const Content& content,
                             QObject* context, Answer<DestinationTest> answer)
{
    auto* tester = new DestinationTester(*this, actor, context, std::move(answer)); // deletes itself
    tester->run(name, content);
}

void Client::authenticate(const QString& token, QObject* context, Answer<Token> answer)
{
    const auto hash = QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
    m_pool->leastBusy().run(
        m_pool->home(), context,
        [hash](Connection& connection) { return store::authenticate(connection, hash); }, std::move(answer));
}

void Client::missed(const Actor& actor, Duration span, int limit, QObject* context,
                    Answer<std::vector<MissedMessage>> answer)
{
    ask(
        actor, context,
        [span, limit](Connection& connection) { return store::missed(connection, span, limit); },
        std::move(answer));
}

void Client::status(const Actor& actor, QObject* context, Answer<SystemStatus> answer)
{
    ask(
        actor, context, [](Connection& connection) { return store::status(connection); }, std::move(answer));
}

void Client::statistics(const Actor& actor, Instant from, Instant until, QObject* context,
                        Answer<std::vector<DeliveryStatistics>> answer)
{
    ask(
        actor, context,
        [from, until](Connection& connection) { return store::statistics(connection, from, until); },
        std::move(answer));
}

} // namespace punctual::client
