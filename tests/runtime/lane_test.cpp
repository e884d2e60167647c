// SPDX-License-Identifier: GPL-3.0-or-later
// How much a lane may claim.
#include "runtime/lane.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class LaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void claimsAsManyAsSlotsAreFree();
    void claimsAheadAtThePaceOfItsAnswers();
    void aHangingDestinationHasNoPace();

private:
    [[nodiscard]] static runtime::Lane laneOf(int slots)
    {
        auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
        destination.maxConcurrency = slots;
        return runtime::Lane(std::make_shared<const Destination>(destination));
    }
};

void LaneTest::claimsAsManyAsSlotsAreFree()
{
    auto lane = laneOf(10);
    QCOMPARE(lane.claimable(5ms), 10);
    lane.inFlight = 3;
    lane.claiming = 4;
    lane.early = 1;
    QCOMPARE(lane.claimable(5ms), 2);
    lane.claimed.resize(5);
    QVERIFY(lane.claimable(5ms) <= 0);
    lane.inFlight = 10;
    QVERIFY(!lane.hasSlot());
}

void LaneTest::claimsAheadAtThePaceOfItsAnswers()
{
    auto lane = laneOf(10);
    lane.inFlight = 10;
    for (int i = 0; i <= 1000; ++i) // 10,000 a second for 100 ms
        lane.noteAnswer(10s + i * 100us);
    for (int i = 1; i <= 1000; ++i)
        lane.noteAnswer(10s + 100ms + i * 100us);
    // Three round trips of 4 ms: 120 slots come free by then.
    QCOMPARE(lane.claimable(4ms), 120);
    QCOMPARE(lane.claimable(10s), 500); // the most
}

void LaneTest::aHangingDestinationHasNoPace()
{
    auto lane = laneOf(10);
    for (int i = 0; i <= 2000; ++i)
        lane.noteAnswer(10s + i * 100us);
    QVERIFY(lane.claimable(4ms) > 10);
    lane.noteAnswer(30s); // nothing for a long while
    QCOMPARE(lane.claimable(4ms), 10);
}

PUNCTUAL_TEST(LaneTest)
#include "lane_test.moc"
