// SPDX-License-Identifier: GPL-3.0-or-later
// How fast and how exact a node is, with a real database and a receiver that somebody else runs.
//
//   bench_engine DATABASE URL drain N            N messages already due: schedule rate, deliveries a second
//   bench_engine DATABASE URL lateness R S       R messages a second for S seconds, scheduled 2 s ahead
//   bench_engine DATABASE URL instant N          N messages, one by one, due as soon as they are stored
//   bench_engine DATABASE URL schedule N C       N messages that are due tomorrow, in batches of 1,000, C of
//                                                which are under way at a time
//   bench_engine DATABASE URL operations N R     cancels N messages at once and replays them, while R
//   messages
//                                                a second are delivered
//   bench_engine DATABASE URL together S         for S seconds schedules as fast as it can, delivers, and
//   reads
//                                                lists twenty times a second, all at once
//
// DATABASE is a connection string of a database of its own; its schema is made. PUNCTUAL_BENCH_RULES may hold
// JSON with rules of the destination, such as {"rate_limit":{"limit":1000000,"per_ms":1000}}. Every message
// carries X-Due-At (epoch ms) and X-Message-Id, so that the receiver can judge lateness for itself; what is
// printed here is the engine's own view (first byte sent minus due time).
#include "client/client.h"
#include "client/installation.h"
#include "core/destination_json.h"
#include "core/uuid_v7.h"
#include "runtime/node_host.h"
#include "support/await.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTextStream>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

constexpr int batchSize = 1000;
constexpr Duration ahead = 2s;
const QString destinationName = QStringLiteral("bench");

template <class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return std::move(*result);
}

Instant now()
{
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

class Bench
{
public:
    Bench(const QString& database, const QString& url)
        : m_installation(must(client::Installation::open({database, {}})))
        , m_client(m_installation.address(), 4)
    {
        Destination destination;
        destination.name = destinationName;
        destination.url = url;
        destination.allowPrivateAddresses = true;
        if (const auto rules = QJsonDocument::fromJson(qgetenv("PUNCTUAL_BENCH_RULES")); rules.isObject())
            destination = must(patchDestination(destination, rules.object()));
        must(test::await<client::PutDestination>(
            [&](QObject* context, auto answer) { m_client.put(m_actor, destination, context, answer); }));
        m_before = delivered();
    }

    void drain(int count)
    {
        QElapsedTimer timer;
        timer.start();
        for (int done = 0; done < count; done += batchSize)
            schedule(
                std::vector<Instant>(static_cast<std::size_t>(std::min(batchSize, count - done)), now()));
        const auto scheduled = static_cast<double>(timer.restart());
        startNode();
        awaitFinished(count);
        const auto delivered = static_cast<double>(timer.elapsed());
        m_out << "drain n=" << count << " schedule=" << int(count / scheduled * 1000)
              << "/s deliver=" << int(count / delivered * 1000) << "/s\n";
    }

    void scheduleAlone(int count, int callers)
    {
        const std::vector<Instant> tomorrow(static_cast<std::size_t>(batchSize), now() + 24h);
        QElapsedTimer timer;
        timer.start();
        QEventLoop loop;
        int left = count / batchSize;
        int running = 0;
        std::function<void()> next = [&] {
            if (left == 0)
                return running == 0 ? loop.quit() : void();
            --left;
            ++running;
            m_client.schedule(m_actor, messagesFor(tomorrow), std::nullopt, &loop,
                              [&](const Result<Scheduled>& scheduled) {
                                  must(scheduled);
                                  --running;
                                  next();
                              });
        };
        for (int i = 0; i < callers; ++i)
            next();
        loop.exec();
        m_out << "schedule n=" << count << " callers=" << callers << ' '
              << int(count / static_cast<double>(timer.elapsed()) * 1000) << "/s\n";
    }

    void lateness(int rate, int seconds)
    {
        startNode();
        const Instant start = now() + ahead;
        for (int second = 0; second < seconds; ++second) {
            const auto dues = overASecond(start + std::chrono::seconds(second), rate);
            schedule(dues);
            if (const auto wait = dues.back() - ahead - now(); wait > 0s)
                pass(std::chrono::duration_cast<std::chrono::milliseconds>(wait));
        }
        awaitFinished(qint64(rate) * seconds);
        report();
    }

    void instant(int count)
    {
        startNode();
        pass(2s);
        for (int i = 0; i < count; ++i) {
            schedule({Instant{}});
            pass(20ms);
        }
        awaitFinished(count);
        report();
    }

    void operations(int count, int rate)
    {
        startNode();
        const Instant far = now() + 24h;
        for (int done = 0; done < count; done += batchSize)
            schedule(std::vector<Instant>(static_cast<std::size_t>(batchSize), far));
        pass(5s); // so that it begins in peace
        m_startedAt = now();
        QTimer load;
        QObject::connect(&load, &QTimer::timeout, [this, rate] { scheduleSecond(rate); });
        if (rate > 0)
            load.start(1s);
        pass(3s);
        work({.action = OperationAction::Cancel, .filter = {.dueAfter = far}}, "cancel");
        work({.action = OperationAction::Replay,
              .filter = {.states = {MessageState::Cancelled}},
              .delay = 24h},
             "replay");
        load.stop();
        pass(5s);
        report();
    }

    void together(int seconds)
    {
        startNode();
        pass(2s);
        std::vector<double> lists; // milliseconds
        QTimer reader;
        bool reading = false;
        QObject::connect(&reader, &QTimer::timeout, [&] {
            if (std::exchange(reading, true))
                return;
            QElapsedTimer timer;
            timer.start();
            const MessageFilter filter{.states = {MessageState::Scheduled, MessageState::Delivering}};
            m_client.list(m_actor, lists.size() % 2 == 0 ? MessageFilter{} : filter, std::nullopt, 100,
                          &reader, [&lists, &reading, timer](const Result<MessagePage>& page) {
                              must(page);
                              lists.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
                              reading = false;
                          });
        });
        reader.start(50ms);
        const auto deliveredBefore = delivered();
        QElapsedTimer timer;
        timer.start();
        int scheduled = 0;
        for (; timer.elapsed() < seconds * qint64(1000); scheduled += batchSize)
            schedule(std::vector<Instant>(batchSize, now()));
        const double took = static_cast<double>(timer.elapsed()) / 1000;
        const auto sent = delivered() - deliveredBefore;
        reader.stop();
        std::sort(lists.begin(), lists.end());
        m_out << "together schedule=" << int(scheduled / took)
              << "/s deliver=" << int(static_cast<double>(sent) / took) << "/s lists=" << lists.size()
              << " p50=" << lists[lists.size() / 2] << " ms p99=" << lists[lists.size() * 99 / 100]
              << " ms max=" << lists.back() << " ms\n";
        awaitFinished(scheduled);
        m_out << "all delivered after " << static_cast<double>(timer.elapsed()) / 1000 << " s\n";
    }

private:
    void work(const NewOperation& wanted, const char* name)
    {
        QElapsedTimer timer;
        timer.start();
        auto operation = must(test::await<Operation>([&](QObject* context, auto answer) {
            m_client.startOperation(m_actor, wanted, context, answer);
        }));
        const auto started = static_cast<double>(timer.elapsed());
        while (operation.state == OperationState::Running) {
            pass(50ms);
            operation = must(test::await<Operation>([&](QObject* context, auto answer) {
                m_client.operation(m_actor, operation.id, context, answer);
            }));
        }
        m_out << name << " n=" << operation.done << " list=" << started / 1000 << " s, done after "
              << static_cast<double>(timer.elapsed()) / 1000 << " s\n";
        m_out.flush();
    }

    /// Messages of a second that begins when the nodes know of them.
    void scheduleSecond(int rate) { schedule(overASecond(now() + ahead, rate)); }

    static std::vector<Instant> overASecond(Instant start, int count)
    {
        std::vector<Instant> dues;
        dues.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i)
            dues.push_back(start + std::chrono::milliseconds(i * 1000 / count));
        return dues;
    }

    /// The epoch stands for at once.
    void schedule(const std::vector<Instant>& dues)
    {
        must(test::await<Scheduled>([&](QObject* context, auto answer) {
            m_client.schedule(m_actor, messagesFor(dues), std::nullopt, context, answer);
        }));
    }

    static std::vector<NewMessage> messagesFor(const std::vector<Instant>& dues)
    {
        std::vector<NewMessage> messages;
        for (const auto due : dues) {
            NewMessage message;
            message.id = makeUuidV7(now());
            message.destination = destinationName;
            if (due != Instant{})
                message.due = due;
            message.content.body = QByteArray(200, 'x');
            message.content.headers = {{"X-Due-At", QByteArray::number(toMicroseconds(due) / 1000)},
                                       {"X-Message-Id", toText(message.id).toLatin1()}};
            messages.push_back(std::move(message));
        }
        return messages;
    }

    void startNode()
    {
        m_node = std::make_unique<runtime::NodeHost>(m_installation.address(),
                                                     runtime::NodeOptions{QStringLiteral("bench")});
        m_node->start();
    }

    void awaitFinished(qint64 count)
    {
        for (;;) {
            if (delivered() >= m_before + count)
                return;
            pass(10ms);
        }
    }

    qint64 delivered()
    {
        const auto status = must(test::await<SystemStatus>(
            [&](QObject* context, auto answer) { m_client.status(m_actor, context, answer); }));
        const auto found = status.messages.find(MessageState::Delivered);
        return found != status.messages.end() ? found->second : 0;
    }

    static void pass(std::chrono::milliseconds time)
    {
        QEventLoop loop;
        QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
    }

    void report()
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"));
        database.setConnectOptions(QString(m_installation.address().conninfo).replace(u' ', u';'));
        database.open();
        QSqlQuery query(
            QStringLiteral("SELECT count(*), min(lateness_us), "
                           "percentile_disc(array[0.5, 0.99]) WITHIN GROUP (ORDER BY lateness_us)::text, "
                           "max(lateness_us) FROM punctual.attempts WHERE started_at >= to_timestamp(") +
                QString::number(static_cast<double>(toMicroseconds(m_startedAt)) / 1e6, 'f', 6) + u')',
            database);
        query.next();
        m_out << "lateness in us n=" << query.value(0).toInt() << " min=" << query.value(1).toInt()
              << " p50,p99=" << query.value(2).toString() << " max=" << query.value(3).toInt() << "\n";
    }

    QTextStream m_out{stdout};
    Actor m_actor{QStringLiteral("bench"), QStringLiteral("bench")};
    client::Installation m_installation;
    client::Client m_client;
    std::unique_ptr<runtime::NodeHost> m_node;
    Instant m_startedAt = now();
    qint64 m_before = 0; // delivered by earlier runs
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() < 5)
        qFatal("usage: bench_engine DATABASE URL drain N | lateness RATE SECONDS | instant N | schedule N "
               "CALLERS | operations N RATE | together SECONDS");
    Bench bench(arguments[1], arguments[2]);
    if (arguments[3] == u"drain")
        bench.drain(arguments[4].toInt());
    else if (arguments[3] == u"instant")
        bench.instant(arguments[4].toInt());
    else if (arguments[3] == u"schedule" && arguments.size() > 5)
        bench.scheduleAlone(arguments[4].toInt(), arguments[5].toInt());
    else if (arguments[3] == u"operations" && arguments.size() > 5)
        bench.operations(arguments[4].toInt(), arguments[5].toInt());
    else if (arguments[3] == u"together")
        bench.together(arguments[4].toInt());
    else if (arguments.size() > 5)
        bench.lateness(arguments[4].toInt(), arguments[5].toInt());
    return 0;
}
