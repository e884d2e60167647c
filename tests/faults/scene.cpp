// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "core/uuid_v7.h"
#include "store/destination_queries.h"
#include "store/message_queries.h"
#include "store/migrator.h"
#include "store/row.h"
#include "support/await.h"
#include "support/factories.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

namespace punctual::test
{

using namespace std::chrono_literals;

namespace
{

const QString transitionLog = QStringLiteral(R"(
    CREATE TABLE transitions (n bigserial PRIMARY KEY, id uuid, before text, after text, planned timestamptz,
                              -- While it was claimed the clock may have been set back: it was judged by the old one.
                              at timestamptz DEFAULT greatest(now(), clock_timestamp()));
    CREATE FUNCTION note_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO public.transitions (id, before, after, planned)
        VALUES (OLD.id, OLD.state, NEW.state, NEW.next_attempt_at);
        RETURN NEW;
    END $$;
    CREATE TRIGGER note_transition BEFORE UPDATE ON punctual.messages
        FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_transition();
)");

template <class T>
void demand(const Result<T>& result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
}

} // namespace

Instant systemNow()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Destination patientDestination(const QString& url, const QString& name)
{
    Destination destination = destinationAt(url, name);
    destination.timeout = 2s;
    destination.maxConcurrency = 8;
    destination.retry.maxAttempts = 1000;
    destination.retry.maxDelay = 500ms;
    return destination;
}

Scene::Scene(const DatabaseAddress& address)
    : connection(address, QStringLiteral("test"))
    , m_address(address)
{
    demand(store::migrate(address));
    demand(connection.script(transitionLog));
}

Server& Scene::startServer(const DatabaseAddress& address, const std::map<QString, QString>& environment)
{
    return *servers.emplace_back(std::make_unique<Server>(address, environment));
}

Server& Scene::startServer(const ShiftedClock& clock)
{
    return startServer(m_address, clock.environment());
}

void Scene::forget(const Server& server)
{
    std::erase_if(servers, [&](const auto& one) { return one.get() == &server; });
}

bool Scene::stopServers()
{
    bool clean = true;
    for (const auto& server : servers)
        clean = server->terminate() && clean;
    servers.clear();
    return clean;
}

void Scene::put(const Destination& destination)
{
    demand(store::putDestination(connection, destination));
}

std::vector<MessageId> Scene::schedule(const QString& destination, int count, Duration spread)
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < count; ++i) {
        auto message = messageFor(destination);
        if (!random.percent(30))
            message.due = Duration(random.between(0, static_cast<int>(spread.count())));
        message.priority = random.oneOf(std::vector(allPriorities.begin(), allPriorities.end()));
        message.content.body = "{\"id\":  \"" + toText(message.id).toLatin1() + "\"}";
        messages.push_back(message);
    }
    return schedule(std::move(messages));
}

std::vector<MessageId> Scene::schedule(std::vector<NewMessage> messages)
{
    const QDeadlineTimer deadline(patience);
    std::vector<MessageId> ids;
    // All or nothing: what had no answer is looked up, and asked for again if it is not there.
    while (!isStored(messages.front().id) && !store::schedule(connection, messages, std::nullopt))
        if (QTest::qWait(20); deadline.hasExpired())
            qFatal("the messages could not be scheduled");
    for (auto& message : messages) {
        ids.push_back(message.id);
        ledger.add(message.id, {.body = message.content.body});
    }
    return ids;
}

bool Scene::isStored(const MessageId& id)
{
    return number(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE id = '%1'").arg(toText(id))) >
           0;
}

std::optional<MessageState> Scene::cancel(const MessageId& id)
{
    const auto verdict = store::cancel(connection, id);
    auto& entry = ledger.at(id);
    if (!verdict) {
        entry.mayBeCancelled = true;
        return std::nullopt;
    }
    if (*verdict == MessageState::Cancelled && !entry.cancelledAt)
        entry.cancelledAt = systemNow();
    return *verdict;
}

bool Scene::onlyServersAreConnected()
{
    // These two threads of a node change messages.
    return number(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                 "AND application_name IN ('punctual claim', 'punctual record')")) <=
           2 * static_cast<int>(servers.size());
}

bool Scene::hasEndedWhatBeganBefore(Instant moment)
{
    return number(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                 "AND application_name IN ('punctual claim', 'punctual record') "
                                 "AND state = 'active' AND query_start <= punctual.instant(%1)")
                      .arg(toMicroseconds(moment))) == 0;
}

int Scene::noteCutOff(const QString& nodeName)
{
    std::vector<MessageId> ids;
    connection.close(); // it may be one to a database that was killed since
    demand(connection.select(
        QStringLiteral(
            "SELECT m.id FROM punctual.messages_live m JOIN punctual.nodes n ON n.id = m.claimed_by "
            "WHERE m.state = 'delivering' AND (? = '' OR n.name = ?)"),
        {nodeName, nodeName}, [&](const QSqlQuery& row) { ids.push_back(store::uuidAt(row, 0)); }));
    for (const auto& id : ids)
        ++ledger.at(id).cutOff;
    return static_cast<int>(ids.size());
}

QJsonObject Scene::ask(const QString& command) const
{
    const QTemporaryDir directory;
    QFile config(directory.filePath(QStringLiteral("punctual.toml")));
    if (!config.open(QIODevice::WriteOnly)) // empty: so that the machine's own is not read
        qFatal("%s cannot be written", qPrintable(config.fileName()));
    Process ctl(QStringLiteral("punctualctl"),
                {QStringLiteral("--config"), config.fileName(), QStringLiteral("--database"),
                 m_address.conninfo, QStringLiteral("--data-dir"), directory.path(), command,
                 QStringLiteral("--json")});
    if (!ctl.start() || ctl.waitForEnd() != 0)
        qFatal("punctualctl: %s", ctl.errors().constData());
    return QJsonDocument::fromJson(ctl.output()).object();
}

int Scene::live()
{
    return number(QStringLiteral("SELECT count(*) FROM punctual.messages_live"));
}

int Scene::shardsOf(const Server& server)
{
    return number(QStringLiteral("SELECT count(*) FROM punctual.shards s JOIN punctual.nodes n "
                                 "ON n.id = s.node AND n.epoch = s.epoch "
                                 "WHERE n.name = '%1' AND n.lease_until > clock_timestamp()")
                      .arg(server.nodeName()));
}

int Scene::number(const QString& sql)
{
    int number = -1;
    const auto read =
        connection.select(sql, {}, [&](const QSqlQuery& row) { number = row.value(0).toInt(); });
    return read ? number : -1;
}

} // namespace punctual::test
