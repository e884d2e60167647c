// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of a node is wrong, or set while messages flow, or went on while everything slept: the database's
// clock rules, nothing is sent early by it, and nothing is lost.
#include "core/uuid_v7.h"
#include "inspection.h"
#include "scene.h"
#include "support/factories.h"
#include "support/receiver.h"
#include "support/test_main.h"
#include "throwaway_postgres.h"

#include <QJsonArray>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClockOfANodeDoesNotMatter_data();
    void theClockOfANodeDoesNotMatter();
    void theClockOfANodeMayBeSet();
    void wakesUpAfterASleep_data();
    void wakesUpAfterASleep();

private:
    ShiftedClock m_clock; // the database's
    ThrowawayPostgres m_postgres{{}, m_clock.environment()};
};

namespace
{

const QString orders = QStringLiteral("orders");

/// The greatest lateness of an attempt, by the node's idea of the time.
int mostLateMilliseconds(Scene& scene)
{
    return scene.number(QStringLiteral("SELECT max(lateness_us) / 1000 FROM punctual.attempts"));
}

/// What the node last told of its clock, in milliseconds.
double offsetInStatus(const Scene& scene)
{
    return scene.ask(QStringLiteral("status"))
        .value(u"nodes")
        .toArray()
        .first()
        .toObject()
        .value(u"clock_offset_ms")
        .toDouble();
}

bool isAbout(double milliseconds, Duration expected)
{
    return std::abs(milliseconds - static_cast<double>(toMilliseconds(expected))) < 5000;
}

} // namespace

void ClockTest::theClockOfANodeDoesNotMatter_data()
{
    QTest::addColumn<int>("seconds");
    QTest::newRow("half a minute ahead") << 30;
    QTest::newRow("half a minute behind") << -30;
}

void ClockTest::theClockOfANodeDoesNotMatter()
{
    QFETCH(const int, seconds);
    const ShiftedClock clock{std::chrono::seconds(seconds)};
    Scene scene(m_postgres.createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    scene.startServer(clock);
    scene.schedule(orders, 200, 2s);
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    QTRY_VERIFY_WITH_TIMEOUT(isAbout(offsetInStatus(scene), clock.ahead() - m_clock.ahead()), longPatience);
    QVERIFY(mostLateMilliseconds(scene) < 15'000); // far less than the clock is off
    QCOMPARE(problemsAtTheEnd(scene, receiver, 0, {.clock = &m_clock}).join(u'\n'), QString());
}

void ClockTest::theClockOfANodeMayBeSet()
{
    ShiftedClock clock;
    Scene scene(m_postgres.createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    scene.startServer(clock);
    scene.schedule(orders, 300, 3s);
    QVERIFY(receiver.waitFor(100));
    clock.step(1min);
    QVERIFY(receiver.waitFor(150));
    QTRY_VERIFY_WITH_TIMEOUT(isAbout(offsetInStatus(scene), 1min - m_clock.ahead()), longPatience);
    clock.step(-2min);
    scene.schedule(orders, 100, 1s);
    QTRY_VERIFY_WITH_TIMEOUT(isAbout(offsetInStatus(scene), -1min - m_clock.ahead()), longPatience);
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    QVERIFY(mostLateMilliseconds(scene) < 30'000);
    QCOMPARE(problemsAtTheEnd(scene, receiver, 0, {.clock = &m_clock}).join(u'\n'), QString());
}

void ClockTest::wakesUpAfterASleep_data()
{
    QTest::addColumn<bool>("bootTimeGoesOn");
    QTest::newRow("the time since boot went on") << true;
    QTest::newRow("only the wall clock went on") << false;
}

// A desktop with its own PostgreSQL, that is suspended.
void ClockTest::wakesUpAfterASleep()
{
    QFETCH(const bool, bootTimeGoesOn);
    Scene scene(m_postgres.createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    Server& server = scene.startServer(m_clock);
    scene.schedule(orders, 1, 1ms);
    QVERIFY(receiver.waitFor(1));
    std::vector<NewMessage> messages;
    for (int i = 0; i < 60; ++i) {
        auto message = messageFor(orders, 10s + i * 10ms);
        if (i % 3 == 0)
            message.expiresAfter = 1min;
        messages.push_back(message);
    }
    scene.schedule(messages);
    QCOMPARE(receiver.count(), std::size_t(1));
    server.pause();
    m_postgres.freeze();
    if (bootTimeGoesOn)
        m_clock.sleep(5min);
    else
        m_clock.step(5min);
    m_postgres.thaw();
    server.resume();
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    const auto missed = scene.ask(QStringLiteral("missed")).value(u"items").toArray();
    QCOMPARE(missed.size(), 60);
    const auto expired = std::count_if(missed.begin(), missed.end(), [](const auto& item) {
        return item.toObject().value(u"sent_at").isNull();
    });
    QCOMPARE(expired, 20);
    QCOMPARE(undelivered(scene.connection).size(), 20);
    QCOMPARE(receiver.count(), std::size_t(41));
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver}, {.clock = &m_clock});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
}

PUNCTUAL_TEST(ClockTest)
#include "clock_test.moc"
