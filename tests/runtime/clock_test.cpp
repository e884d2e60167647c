// SPDX-License-Identifier: GPL-3.0-or-later
// The node's idea of time: the database's clock, the wake-up and how far ahead claims run.
#include "runtime/claim_ahead.h"
#include "runtime/database_clock.h"
#include "runtime/wake_up.h"
#include "support/factories.h"
#include "support/manual_clock.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverRunsAheadOfTheDatabase();
    void theFastestAnswerCounts();
    void oldSamplesAreForgotten();
    void aClockThatWasSetBackCountsAtOnce();
    void aClaimShowsThatTheClockWasSet();
    void knowsHowFarThisMachineIsOff();
    void goesOnDuringSuspend();
    void theWakeUpIsNeverEarly();
    void theWakeUpCanBeMovedAndDisarmed();
    void claimsRunAheadByTheRoundTrip();
};

void ClockTest::neverRunsAheadOfTheDatabase()
{
    Duration passed = 100s;
    runtime::DatabaseClock clock([&] { return passed; });
    // The server read its clock at 09:00:00 and the answer took up to 3 ms to come back.
    clock.observe(at(), passed - 3ms, passed);
    QCOMPARE(clock.now(), at());
    passed += 5s;
    QCOMPARE(clock.now(), at(5s));
}

void ClockTest::theFastestAnswerCounts()
{
    Duration passed = 0s;
    runtime::DatabaseClock clock([&] { return passed; });
    for (const auto way : {8ms, 1ms, 30ms}) { // from the server's reading to the arrival
        passed += 1s;
        clock.observe(at(passed - way), passed - way, passed);
        QVERIFY(clock.now() <= at(passed));
    }
    QCOMPARE(clock.now(), at(passed - 1ms));
}

void ClockTest::oldSamplesAreForgotten()
{
    Duration passed = 10s;
    runtime::DatabaseClock clock([&] { return passed; });
    clock.observe(at(5ms), 9s, passed); // the others take a second to ask, and could be as late as that
    for (int i = 0; i < 8; ++i)
        clock.observe(at(), 9s, passed);
    QCOMPARE(clock.now(), at());
}

// The server's clock was set back by an hour, or another server took over: nothing may be sent by the old
// one.
void ClockTest::aClockThatWasSetBackCountsAtOnce()
{
    Duration passed = 1s;
    runtime::DatabaseClock clock([&] { return passed; });
    const auto observe = [&](Instant time) { clock.observe(time, passed - 1ms, passed); };
    observe(at(1h));
    observe(at(10s));
    QCOMPARE(clock.now(), at(10s));
    observe(at(10s - 5ms)); // by no more than that
    QCOMPARE(clock.now(), at(10s - 5ms));
    observe(at(2h)); // set forward
    QCOMPARE(clock.now(), at(2h));
}

void ClockTest::aClaimShowsThatTheClockWasSet()
{
    Duration passed = 1s;
    runtime::DatabaseClock clock([&] { return passed; });
    clock.observe(at(), passed, passed);
    clock.correct(at(-2ms), passed - 9ms, passed); // read somewhere in these 9 ms: nothing is wrong
    QCOMPARE(clock.now(), at());
    clock.correct(at(-1min), passed - 9ms, passed);
    QCOMPARE(clock.now(), at(-1min));
    clock.correct(at(1h), passed - 9ms, passed);
    QCOMPARE(clock.now(), at(1h));
}

void ClockTest::knowsHowFarThisMachineIsOff()
{
    runtime::DatabaseClock clock;
    QVERIFY(!clock.offsetOfMachine());
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const auto passed = runtime::DatabaseClock::sinceBoot();
    clock.observe(now - 30s, passed, passed);
    QVERIFY(std::chrono::abs(*clock.offsetOfMachine() - 30s) < 5s);
}

void ClockTest::goesOnDuringSuspend()
{
    Duration passed = 1h;
    runtime::DatabaseClock clock([&] { return passed; });
    clock.observe(at(), passed, passed);
    passed += 8h; // what CLOCK_BOOTTIME shows after a night's sleep
    QCOMPARE(clock.now(), at(8h));
}

void ClockTest::theWakeUpIsNeverEarly()
{
    ManualClock clock(at());
    runtime::WakeUp wakeUp(clock);
    QSignalSpy spy(&wakeUp, &runtime::WakeUp::due);
    wakeUp.at(at(1ms));
    // The clock stands still: the timer fires again and again, and `due` does not come.
    runtime::DatabaseClock real;
    runtime::WakeUp witness(real);
    QSignalSpy later(&witness, &runtime::WakeUp::due);
    witness.at(real.now() + 20ms);
    QVERIFY(later.wait());
    QCOMPARE(spy.size(), 0);
    clock.advance(1ms);
    QVERIFY(spy.wait());
}

void ClockTest::theWakeUpCanBeMovedAndDisarmed()
{
    ManualClock clock(at());
    runtime::WakeUp wakeUp(clock);
    QSignalSpy spy(&wakeUp, &runtime::WakeUp::due);
    wakeUp.at(at(24h * 400)); // far beyond what a QTimer can count
    wakeUp.at(at(-1h));
    QVERIFY(spy.wait());
    QCOMPARE(spy.size(), 1);
    wakeUp.at(at(-1h));
    wakeUp.at(std::nullopt);
    runtime::WakeUp witness(clock);
    QSignalSpy later(&witness, &runtime::WakeUp::due);
    witness.at(at(-1h));
    QVERIFY(later.wait());
    QCOMPARE(spy.size(), 1);
}

void ClockTest::claimsRunAheadByTheRoundTrip()
{
    runtime::ClaimAhead ahead;
    for (int i = 0; i < 100; ++i)
        ahead.observe(3ms);
    QVERIFY(ahead.ahead() >= 3ms && ahead.ahead() < 4ms);
    for (int i = 0; i < 100; ++i)
        ahead.observe(100us);
    QCOMPARE(ahead.ahead(), Duration(1ms)); // the least
    for (int i = 0; i < 100; ++i)
        ahead.observe(2s);
    QCOMPARE(ahead.ahead(), Duration(25ms)); // the most
}

PUNCTUAL_TEST(ClockTest)
#include "clock_test.moc"
