// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/departures.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using runtime::ConnectTime;
using runtime::Departures;
using runtime::Permits;
using namespace std::chrono_literals;

namespace
{

const Instant now = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));

Grant granted(int permits, Instant first)
{
    return {.permits = permits, .first = first, .spacing = {}, .validity = 50ms, .retryAt = {}};
}

} // namespace

class DeparturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallLeavesWithAPermitThatHolds();
    void aCallWhosePermitRanOutNeedsAnother();
    void aCallThatIsSentAgainNeedsAnother();
    void whatWasClearedLetsNobodyLeave();
    void thoseThatRanOutComeBeforeNewOnes();
    void aCallThatTakesFarTooLongIsGivenUp();
    void permitsLastAsLongAsConnectionsTake();
};

void DeparturesTest::aCallLeavesWithAPermitThatHolds()
{
    Permits permits;
    Departures departures;
    permits.add(granted(2, now), now);
    const auto call = departures.begin(*permits.take(now), now);
    QVERIFY(departures.leave(call, permits, now + 50ms));
    departures.end(call, permits);
    QVERIFY(!permits.hasUnused());
    const auto other = departures.begin(*permits.take(now), now);
    departures.end(other, permits); // it had no connection
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 1}}));
}

void DeparturesTest::aCallWhosePermitRanOutNeedsAnother()
{
    Permits permits;
    Departures departures;
    permits.add(granted(1, now), now);
    const auto call = departures.begin(*permits.take(now), now);
    QVERIFY(!departures.leave(call, permits, now + 51ms));
    permits.add(granted(1, now + 1s), now + 1s);
    QVERIFY(!departures.leave(call, permits, now + 999ms)); // not yet
    QVERIFY(departures.leave(call, permits, now + 1s));
    departures.end(call, permits);
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 1}})); // the first one
    QCOMPARE(permits.size(), 0);
}

void DeparturesTest::aCallThatIsSentAgainNeedsAnother()
{
    Permits permits;
    Departures departures;
    permits.add(granted(2, now), now);
    const auto call = departures.begin(*permits.take(now), now);
    QVERIFY(departures.leave(call, permits, now));
    QVERIFY(departures.leave(call, permits, now + 1ms));
    QVERIFY(!departures.leave(call, permits, now + 2ms));
    departures.end(call, permits);
    QVERIFY(!permits.hasUnused());
}

void DeparturesTest::whatWasClearedLetsNobodyLeave()
{
    Permits permits;
    Departures departures;
    permits.add(granted(2, now), now);
    const auto call = departures.begin(*permits.take(now), now);
    permits.clear(); // the third party asked for a pause
    QVERIFY(!departures.leave(call, permits, now + 1ms));
    departures.end(call, permits);
}

void DeparturesTest::thoseThatRanOutComeBeforeNewOnes()
{
    Permits permits;
    Departures departures;
    permits.add(granted(2, now), now);
    const auto first = departures.begin(*permits.take(now), now);
    const auto second = departures.begin(*permits.take(now), now);
    QCOMPARE(departures.ranOut(permits, now + 50ms), 0);
    QCOMPARE(departures.expiry(now + 50ms), std::optional(now + 50ms));
    QCOMPARE(departures.ranOut(permits, now + 51ms), 2);
    QVERIFY(!departures.expiry(now + 51ms));
    permits.add(granted(1, now + 60ms), now + 60ms);
    QVERIFY(departures.leave(second, permits, now + 60ms));
    QCOMPARE(departures.ranOut(permits, now + 61ms), 1);
    departures.end(first, permits);
    QCOMPARE(departures.ranOut(permits, now + 61ms), 0);
    departures.end(second, permits);
}

void DeparturesTest::aCallThatTakesFarTooLongIsGivenUp()
{
    Permits permits;
    Departures departures;
    permits.add(granted(1, now), now);
    const auto call = departures.begin(*permits.take(now), now);
    QCOMPARE(departures.ranOut(permits, now + 500ms), 1);
    QCOMPARE(departures.ranOut(permits, now + 501ms), 0); // it may still leave, if there is a permit
    departures.end(call, permits);
}

void DeparturesTest::permitsLastAsLongAsConnectionsTake()
{
    ConnectTime time;
    QCOMPARE(time.needed(now), Duration{});
    for (int i = 0; i < 64; ++i)
        time.note(200ms, now);
    QVERIFY2(time.needed(now) > 290ms && time.needed(now) <= 300ms,
             qPrintable(QString::number(time.needed(now).count())));
    for (int i = 0; i < 64; ++i) // on connections that are there now
        time.note(100us, now + 1s);
    QVERIFY(time.needed(now + 1s) < 2ms);
    QCOMPARE(time.needed(now + 17s), Duration(300ms)); // they have to be made again
}

PUNCTUAL_TEST(DeparturesTest)
#include "departures_test.moc"
