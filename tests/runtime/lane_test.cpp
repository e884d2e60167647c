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

    /// 10,000 answers a second; gives the time of the last one.
    static Duration answerFor(runtime::Lane& lane, Duration span)
    {
        Duration time = 10s;
        for (; time <= 10s + span; time += 100us)
            lane.noteAnswer(time);
        return time - 100us;
    }
};

void LaneTest::claimsAsManyAsSlotsAreFree()
{
    auto lane = laneOf(10);
    QCOMPARE(lane.claimable(5ms, 0ms), 10);
    lane.inFlight = 3;
    lane.claiming = 4;
    lane.early = 1;
    QCOMPARE(lane.claimable(5ms, 0ms), 2);
    for (int i = 0; i < 5; ++i)
        lane.claimed.push_back({{}, {}, Journey({})});
    QVERIFY(lane.claimable(5ms, 0ms) <= 0);
    lane.inFlight = 10;
    QVERIFY(!lane.hasSlot());
}

void LaneTest::claimsAheadAtThePaceOfItsAnswers()
{
    auto lane = laneOf(10);
    lane.inFlight = 10;
    const Duration end = answerFor(lane, 200ms);
    // Three round trips of 4 ms: 120 slots come free by then.
    QCOMPARE(lane.claimable(4ms, end), 120);
    QCOMPARE(lane.claimable(10s, end), 500); // the most
}

void LaneTest::aHangingDestinationHasNoPace()
{
    auto lane = laneOf(10);
    const Duration end = answerFor(lane, 200ms);
    QVERIFY(lane.claimable(4ms, end) > 10);
    QCOMPARE(lane.claimable(4ms, end + 1s), 10); // not one answer since
    lane.noteAnswer(end + 20s);                  // one is not a pace
    QCOMPARE(lane.claimable(4ms, end + 20s), 10);
}

PUNCTUAL_TEST(LaneTest)
#include "lane_test.moc"
