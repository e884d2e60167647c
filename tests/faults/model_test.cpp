// SPDX-License-Identifier: GPL-3.0-or-later
// A random walk of schedule, cancel, restore, reschedule, resolve, cut connections, clocks that are set and
// kill -9, against a third party of changing mood and a model of what a client may know: no answer is ever
// one that the model excludes, and in the end the database, the third party and the model agree.
#include "core/uuid_v7.h"
#include "inspection.h"
#include "model.h"
#include "scene.h"
#include "shifted_clock.h"
#include "store/message_queries.h"
#include "store/row.h"
#include "support/factories.h"
#include "support/receiver.h"
#include "support/test_main.h"
#include "throwaway_postgres.h"

#include <algorithm>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyAnswerIsOneOfTheModel();

private:
    void step();
    void changeMood();
    void schedule();
    void cancel();
    void restore();
    void reschedule();
    void setAClock();
    void resolve(const MessageId& id);
    void cutConnections();
    void killAServer();
    void resolveAll();
    /// What the work gives, and when it was done by the database's clock.
    template <class Work>
    auto timed(const Work& work);
    void expect(bool agrees, const char* call, const MessageId& id, MessageState answer);
    [[nodiscard]] MessageId someMessage();

    std::unique_ptr<ShiftedClock> m_clock; // the database's
    std::unique_ptr<ShiftedClock> m_nodeClock;
    std::unique_ptr<ThrowawayPostgres> m_postgres;
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Receiver> m_receiver;
    Model m_model;
    std::vector<MessageId> m_ids;
    QStringList m_surprises;
    int m_restored = 0;
    int m_resolved = 0;
    int m_rescheduled = 0;
};

void ModelTest::init()
{
    m_clock = std::make_unique<ShiftedClock>();
    m_nodeClock = std::make_unique<ShiftedClock>();
    m_postgres = std::make_unique<ThrowawayPostgres>(QByteArray(), m_clock->environment());
    m_scene = std::make_unique<Scene>(m_postgres->createDatabase());
    m_receiver = std::make_unique<Receiver>();
    Destination orders = patientDestination(m_receiver->url());
    orders.timeout = 300ms;
    orders.retry.maxAttempts = 3;
    Destination careful = orders;
    careful.name = QStringLiteral("careful");
    careful.onUnknown = OnUnknown::Hold;
    m_scene->put(orders);
    m_scene->put(careful);
    m_scene->startServer(*m_nodeClock);
    m_scene->startServer(*m_nodeClock);
}

void ModelTest::cleanup()
{
    m_scene.reset();
    m_receiver.reset();
    m_postgres.reset();
    m_nodeClock.reset();
    m_clock.reset();
}

void ModelTest::changeMood()
{
    auto& random = m_scene->random;
    Reply reply;
    const int mood = random.between(1, 100);
    if (mood > 97)
        reply.manner = Reply::Manner::Hang;
    else if (mood > 92)
        reply.status = 404;
    else if (mood > 75)
        reply.status = 500;
    reply.delay = std::chrono::milliseconds(random.between(0, 20));
    m_receiver->replyNext(reply);
}

void ModelTest::schedule()
{
    auto& random = m_scene->random;
    std::vector<NewMessage> messages;
    for (int i = random.between(1, 8); i > 0; --i) {
        auto message = messageFor(random.percent(70) ? QStringLiteral("orders") : QStringLiteral("careful"),
                                  std::chrono::milliseconds(random.between(0, 2500)));
        message.content.body = toText(message.id).toLatin1();
        if (random.percent(15))
            message.expiresAfter = std::chrono::milliseconds(random.between(1, 3000));
        messages.push_back(message);
    }
    const auto scheduled = store::schedule(m_scene->connection, messages, std::nullopt);
    QVERIFY(scheduled);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto& message = messages[i];
        m_scene->ledger.add(message.id, {.body = message.content.body});
        m_model.schedule(message.id, scheduled->items[i].dueAt, message.expiresAfter,
                         message.destination == u"careful" ? OnUnknown::Hold : OnUnknown::Retry);
        m_ids.push_back(message.id);
    }
}

template <class Work>
auto ModelTest::timed(const Work& work)
{
    const Instant begun = m_clock->now();
    auto answer = work().value();
    return std::pair(std::move(answer), Model::Call{begun, m_clock->now()});
}

void ModelTest::expect(bool agrees, const char* call, const MessageId& id, MessageState answer)
{
    if (!agrees)
        m_surprises.append(QStringLiteral("%1 of %2 was answered with %3")
                               .arg(QLatin1StringView(call), toText(id), QString(toText(answer))));
}

/// Mostly a late one, whose life is not over.
MessageId ModelTest::someMessage()
{
    const int last = static_cast<int>(m_ids.size()) - 1;
    const int first = m_scene->random.percent(80) ? std::max(last - 20, 0) : 0;
    return m_ids[static_cast<std::size_t>(m_scene->random.between(first, last))];
}

void ModelTest::cancel()
{
    const MessageId id = someMessage();
    const auto [answer, call] = timed([&] { return m_scene->cancel(id); });
    expect(m_model.cancel(id, answer, call), "cancel", id, answer);
}

void ModelTest::restore()
{
    const MessageId id = someMessage();
    const bool cancelled = m_scene->ledger.at(id).cancelledAt.has_value();
    const auto [answer, call] = timed([&] { return store::restore(m_scene->connection, id).value(); });
    expect(m_model.restore(id, answer, call), "restore", id, answer);
    if (cancelled && answer == MessageState::Scheduled) {
        m_scene->ledger.at(id).cancelledAt.reset();
        ++m_restored;
    }
}

void ModelTest::reschedule()
{
    const MessageId id = someMessage();
    const Instant due = m_clock->now() + std::chrono::milliseconds(m_scene->random.between(-500, 3000));
    const auto [answer, call] = timed([&] { return store::reschedule(m_scene->connection, id, due); });
    expect(m_model.reschedule(id, due, answer, call), answer.moved ? "reschedule" : "reschedule in vain", id,
           answer.state.value());
    m_rescheduled += answer.moved ? 1 : 0;
}

/// Far enough to end leases and to be due; and not so far back that the rest of the test waits for it.
void ModelTest::setAClock()
{
    const auto by = std::chrono::milliseconds(m_scene->random.between(-2000, 6000));
    if (m_scene->random.percent(50)) {
        m_nodeClock->step(10 * by);
        return;
    }
    m_model.settle(m_clock->now() + 1s); // the nodes go on until it is done
    // All leases may end, and with them what is being delivered.
    m_scene->noteCutOff();
    m_clock->step(by);
    m_scene->noteCutOff();
}

void ModelTest::resolve(const MessageId& id)
{
    const MessageState wanted = m_scene->random.oneOf(
        std::vector{MessageState::Delivered, MessageState::Retrying, MessageState::Dead});
    const auto [answer, call] =
        timed([&] { return store::resolve(m_scene->connection, id, wanted).value(); });
    expect(m_model.resolve(id, wanted, answer, call), "resolve", id, answer);
}

void ModelTest::resolveAll()
{
    std::vector<MessageId> unknown;
    QVERIFY(m_scene->connection.select(
        QStringLiteral("SELECT id FROM punctual.messages_live WHERE state = 'unknown'"), {},
        [&](const QSqlQuery& row) { unknown.push_back(store::uuidAt(row, 0)); }));
    for (const auto& id : unknown)
        resolve(id);
    m_resolved += static_cast<int>(unknown.size());
}

/// Of nodes and of the servers' API, to the database.
void ModelTest::cutConnections()
{
    QVERIFY(m_scene->connection.run(QStringLiteral(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name LIKE 'punctual%' AND random() < 0.5")));
}

void ModelTest::killAServer()
{
    Server& victim = *m_scene->servers[static_cast<std::size_t>(m_scene->random.between(0, 1))];
    victim.kill();
    const QString name = victim.nodeName();
    m_scene->forget(victim);
    QTRY_VERIFY_WITH_TIMEOUT(m_scene->onlyServersAreConnected(), longPatience);
    m_scene->noteCutOff(name);
    m_scene->startServer(*m_nodeClock);
}

void ModelTest::step()
{
    changeMood();
    const int choice = m_scene->random.between(1, 100);
    if (choice <= 35 || m_ids.empty())
        schedule();
    else if (choice <= 60)
        cancel();
    else if (choice <= 72)
        restore();
    else if (choice <= 82)
        reschedule();
    else if (choice <= 86)
        resolve(someMessage());
    else if (choice <= 89)
        cutConnections();
    else if (choice <= 91)
        setAClock();
    else
        QTest::qWait(m_scene->random.between(1, 60)); // time passes
}

void ModelTest::everyAnswerIsOneOfTheModel()
{
    for (int round = 0; round < rounds(2); ++round) {
        for (int i = m_scene->random.between(50, 150); i > 0; --i)
            step();
        killAServer();
    }
    QTRY_VERIFY_WITH_TIMEOUT((resolveAll(), m_scene->live() == 0), longPatience);
    QVERIFY(m_scene->stopServers());
    for (const auto& id : m_ids) {
        const auto message = store::find(m_scene->connection, id);
        QVERIFY(message && *message);
        expect(m_model.see(id, (*message)->state, m_clock->now()), "the end", id, (*message)->state);
    }
    QCOMPARE(m_surprises.join(u'\n'), QString());
    const auto inspected =
        inspect(m_scene->connection, m_scene->ledger, {m_receiver.get()}, {.clock = m_clock.get()});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    qInfo("%d restored, %d rescheduled, %d resolved", m_restored, m_rescheduled, m_resolved);
}

PUNCTUAL_TEST(ModelTest)
#include "model_test.moc"
