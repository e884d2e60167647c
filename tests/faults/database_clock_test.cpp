// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of the database, which rules, is set while messages flow: nothing is sent before it is due by
// what that clock shows, and nothing is lost.
#include "inspection.h"
#include "scene.h"
#include "support/receiver.h"
#include "support/test_main.h"
#include "throwaway_postgres.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class DatabaseClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSetForward();
    void isSetBack_data();
    void isSetBack();

private:
    ShiftedClock m_clock;
    ThrowawayPostgres m_postgres{{}, m_clock.environment()};
};

namespace
{

const QString orders = QStringLiteral("orders");

/// Sets the clock. What is being delivered then may be taken for lost, if all leases end with that.
int step(Scene& scene, ShiftedClock& clock, Duration by)
{
    const int inFlight = scene.noteCutOff();
    clock.step(by);
    return inFlight;
}

} // namespace

void DatabaseClockTest::isSetForward()
{
    Scene scene(m_postgres.createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    int inFlight = 0;
    for (int round = 0; round < rounds(1); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(orders, 300, 50s);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(60, 100))));
        inFlight += step(scene, m_clock, 1min); // all of them are due, and all leases have run out
        scene.schedule(orders, 100, 1s);
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    }
    QCOMPARE(problemsAtTheEnd(scene, receiver, inFlight, {.clock = &m_clock}).join(u'\n'), QString());
}

void DatabaseClockTest::isSetBack_data()
{
    QTest::addColumn<int>("seconds");
    QTest::newRow("by a minute") << 60;
    QTest::newRow("by less than a claim is good for") << 5;
}

void DatabaseClockTest::isSetBack()
{
    QFETCH(const int, seconds);
    Scene scene(m_postgres.createDatabase());
    Receiver receiver;
    Destination fresh = patientDestination(receiver.url(), QStringLiteral("fresh"));
    fresh.maxConcurrency = 300; // all of them can be claimed at once
    scene.put(fresh);
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    int inFlight = 0;
    for (int round = 0; round < rounds(1); ++round) {
        const std::size_t before = receiver.count();
        scene.schedule(orders, 100, 40s);
        QVERIFY(receiver.waitFor(before + 20));
        // Of what is scheduled now the nodes believe for a moment that it has been due for long.
        inFlight += step(scene, m_clock, -std::chrono::seconds(seconds));
        scene.schedule(fresh.name, 300, 1s);
        Server& victim = *scene.servers.front();
        victim.kill(); // by the old time its lease goes on for so much longer
        const QString name = victim.nodeName();
        scene.forget(victim);
        QTRY_VERIFY_WITH_TIMEOUT(scene.onlyServersAreConnected(), longPatience);
        inFlight += scene.noteCutOff(name);
        QTRY_COMPARE_WITH_TIMEOUT(scene.number(QStringLiteral("SELECT count(*) FROM punctual.messages_live "
                                                              "WHERE destination = 'fresh'")),
                                  0, 20'000);
        QVERIFY(scene.live() > 0); // what was due later is so by that much more
        inFlight += step(scene, m_clock, 100s);
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
        scene.startServer();
    }
    QCOMPARE(problemsAtTheEnd(scene, receiver, inFlight, {.clock = &m_clock}).join(u'\n'), QString());
}

PUNCTUAL_TEST(DatabaseClockTest)
#include "database_clock_test.moc"
