// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL is killed, or stopped as by a power cut, while messages flow: the nodes recover by themselves,
// nothing is lost and nothing that was cancelled is sent.
#include "inspection.h"
#include "scene.h"
#include "store/database_thread.h"
#include "support/factories.h"
#include "support/receiver.h"
#include "support/test_main.h"
#include "throwaway_postgres.h"

#include <QScopeGuard>

#include <algorithm>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class DatabaseKillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_postgres = std::make_unique<ThrowawayPostgres>(); }
    void cleanupTestCase() { m_postgres.reset(); }

    void nothingIsLostWithTheDatabase_data();
    void nothingIsLostWithTheDatabase();
    void outcomesOfALongOutageAreKept();
    void itStandsStillForAWhile();
    void noJobWaitsWithoutEnd();
    void aNodeStopsAlthoughItStandsStill();
    void whatWasClaimedWithoutAnAnswerIsSent_data();
    void whatWasClaimedWithoutAnAnswerIsSent();

private:
    std::unique_ptr<ThrowawayPostgres> m_postgres;
};

namespace
{

bool allAnswer(const Scene& scene, int status)
{
    return std::all_of(scene.servers.begin(), scene.servers.end(),
                       [&](const auto& server) { return server->readiness() == status; });
}

} // namespace

void DatabaseKillTest::nothingIsLostWithTheDatabase_data()
{
    QTest::addColumn<bool>("kill");
    QTest::newRow("kill -9 of the postmaster") << true;
    QTest::newRow("an immediate stop") << false;
}

void DatabaseKillTest::nothingIsLostWithTheDatabase()
{
    QFETCH(const bool, kill);
    Scene scene(m_postgres->createDatabase());
    Receiver receiver;
    receiver.replyAlways({.delay = 10ms});
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    int cutOff = 0;
    for (int round = 0; round < rounds(2); ++round) {
        const std::size_t before = receiver.count();
        const auto ids = scene.schedule(QStringLiteral("orders"), 150, 3s);
        for (const auto& id : ids)
            if (scene.random.percent(20))
                scene.cancel(id);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 60))));
        if (kill)
            m_postgres->killPostmaster();
        else
            m_postgres->stopImmediately();
        for (const auto& id : ids) // some of these have no answer
            if (scene.random.percent(5))
                scene.cancel(id);
        QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 503), longPatience);
        m_postgres->start();
        cutOff += scene.noteCutOff();
        QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    for (const auto& server : scene.servers)
        QVERIFY2(server->log().contains(QStringLiteral("database does not answer")),
                 qPrintable(server->log()));
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
    QVERIFY(inspected.surplus <= cutOff);
}

void DatabaseKillTest::outcomesOfALongOutageAreKept()
{
    Scene scene(m_postgres->createDatabase());
    Receiver receiver;
    receiver.replyAlways({.delay = 1s});
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    scene.schedule(QStringLiteral("orders"), 100, 8s);
    QVERIFY(receiver.waitFor(8)); // and none is answered yet
    m_postgres->stopImmediately();
    QTest::qWait(6'000); // how long it is away: longer than a lease
    const std::size_t before = receiver.count();
    m_postgres->start();
    scene.noteCutOff();
    QVERIFY(receiver.waitFor(before + 1));
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
    QCOMPARE(inspected.surplus, 0); // all had an outcome, and the nodes that knew it were there
}

/// It answers nothing, and what it was asked happens later: leases have run out by then.
void DatabaseKillTest::itStandsStillForAWhile()
{
    Scene scene(m_postgres->createDatabase());
    Receiver receiver;
    receiver.replyAlways({.delay = 20ms});
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    for (int round = 0; round < rounds(1); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(QStringLiteral("orders"), 300, 9s);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 100))));
        m_postgres->freeze();
        QTest::qWait(scene.random.between(100, 7'000)); // how long it stands still
        m_postgres->thaw();
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    }
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
    QCOMPARE(inspected.surplus, 0);
}

void DatabaseKillTest::noJobWaitsWithoutEnd()
{
    const auto address = m_postgres->createDatabase();
    store::Loop home;
    QObject context;
    std::optional<Result<void>> answer;
    auto thread = std::make_unique<store::DatabaseThread>(address, QStringLiteral("test"), 1s);
    const auto ask = [&] {
        answer.reset();
        thread->run(
            home, &context,
            [](store::Connection& connection) { return connection.run(QStringLiteral("SELECT 1")); },
            [&](const Result<void>& result) { answer = result; });
    };
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(answer && *answer, longPatience);
    m_postgres->freeze();
    const auto thaw = qScopeGuard([&] { m_postgres->thaw(); });
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(answer && !*answer, longPatience);
    QCOMPARE(answer->error().code, ErrorCode::Unavailable);
    // Nor does who destroys it.
    m_postgres->thaw();
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(answer && *answer, longPatience);
    m_postgres->freeze();
    ask();
    thread.reset();
}

/// Its lease is out by then, and others have what it had claimed.
void DatabaseKillTest::aNodeStopsAlthoughItStandsStill()
{
    Scene scene(m_postgres->createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    m_postgres->freeze();
    const bool stopped = scene.stopServers();
    m_postgres->thaw();
    QVERIFY(stopped);
}

void DatabaseKillTest::whatWasClaimedWithoutAnAnswerIsSent_data()
{
    QTest::addColumn<bool>("kill");
    QTest::newRow("the postmaster is killed") << true;
    QTest::newRow("the connection is cut") << false;
}

/// A claim is in the database, and the answer got lost: nobody has sent the message, and no person has to
/// decide about it.
void DatabaseKillTest::whatWasClaimedWithoutAnAnswerIsSent()
{
    QFETCH(const bool, kill);
    Scene scene(m_postgres->createDatabase());
    Receiver receiver;
    Destination careful = patientDestination(receiver.url());
    careful.onUnknown = OnUnknown::Hold;
    scene.put(careful);
    scene.startServer();
    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(scene, 200), longPatience);
    std::vector<NewMessage> messages;
    for (int i = 0; i < 20; ++i)
        messages.push_back(messageFor(careful.name, 1s));
    scene.schedule(messages);
    // A commit waits for a standby that is not there: it is done, and its answer does not come.
    m_postgres->configure("synchronous_standby_names = 'nobody'");
    QTRY_COMPARE_WITH_TIMEOUT(scene.number(QStringLiteral(
                                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                  "AND application_name = 'punctual claim' AND wait_event = 'SyncRep'")),
                              1, longPatience);
    QCOMPARE(receiver.count(), std::size_t(0));
    if (kill)
        m_postgres->killPostmaster();
    else
        QVERIFY(scene.connection.run(QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                                    "WHERE application_name = 'punctual claim'")));
    m_postgres->configure("synchronous_standby_names = ''");
    if (kill)
        m_postgres->start();
    QTRY_COMPARE_WITH_TIMEOUT(
        scene.number(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = 'delivered'")), 20,
        longPatience);
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(inspected.surplus, 0);
}

PUNCTUAL_TEST(DatabaseKillTest)
#include "database_kill_test.moc"
