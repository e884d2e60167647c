// SPDX-License-Identifier: GPL-3.0-or-later
// How much a lane may claim.
#include "runtime/lane.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

namespace
{

const Instant now = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));

} // namespace

class LaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void claimsAsManyAsSlotsAreFree();
    void claimsAheadAtThePaceOfItsAnswers();
    void aHangingDestinationHasNoPace();
    void claimsNoMoreThanThereArePermits();
    void aBatchTakesSeveralInOneCall();
    void aBatchWaitsForOthers();
    void aBatchThatWaitsForOthersNeedsNoPermitYet();

private:
    [[nodiscard]] static runtime::Lane laneOf(int slots)
    {
        auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
        destination.maxConcurrency = slots;
        runtime::Lane lane(std::make_shared<const Destination>(destination));
        lane.gate.permits.setFree(true);
        return lane;
    }

    static runtime::Claimed claimedAt(Instant queuedAt, const QByteArray& type = "application/json")
    {
        runtime::Claimed claimed{{}, {}, Journey({}), queuedAt};
        claimed.claim.content.type = type;
        return claimed;
    }

    /// 10,000 answers a second; gives the time of the last one.
    static Duration answerFor(runtime::Lane& lane, Duration span)
    {
        Duration time = 10s;
        for (; time <= 10s + span; time += 100us)
            lane.noteAnswer(time, 1);
        return time - 100us;
    }
};

void LaneTest::claimsAsManyAsSlotsAreFree()
{
    auto lane = laneOf(10);
    QCOMPARE(lane.claimable(5ms, 0ms, now), 10);
    lane.inFlight = 3;
    lane.claiming = 4;
    lane.early = 1;
    QCOMPARE(lane.claimable(5ms, 0ms, now), 2);
    for (int i = 0; i < 5; ++i)
        lane.claimed.push_back({{}, {}, Journey({})});
    QVERIFY(lane.claimable(5ms, 0ms, now) <= 0);
    lane.inFlight = 10;
    QVERIFY(!lane.hasSlot());
}

void LaneTest::claimsAheadAtThePaceOfItsAnswers()
{
    auto lane = laneOf(10);
    lane.inFlight = 10;
    const Duration end = answerFor(lane, 200ms);
    // Eight round trips of 4 ms: 320 slots come free by then.
    QCOMPARE(lane.claimable(4ms, end, now), 320);
    QCOMPARE(lane.claimable(10s, end, now), 500); // the most
}

void LaneTest::aHangingDestinationHasNoPace()
{
    auto lane = laneOf(10);
    const Duration end = answerFor(lane, 200ms);
    QVERIFY(lane.claimable(4ms, end, now) > 10);
    QCOMPARE(lane.claimable(4ms, end + 1s, now), 10); // not one answer since
    lane.noteAnswer(end + 20s, 1);                    // one is not a pace
    QCOMPARE(lane.claimable(4ms, end + 20s, now), 10);
}

void LaneTest::claimsNoMoreThanThereArePermits()
{
    auto lane = laneOf(10);
    lane.gate.permits.setFree(false);
    QCOMPARE(lane.claimable(5ms, 0ms, now), 0);
    QVERIFY(lane.lacksPermits());
    lane.gate.permits.add({.permits = 4, .first = now, .spacing = {}, .validity = 50ms, .retryAt = {}}, now);
    lane.claimed.push_back(claimedAt(now));
    QCOMPARE(lane.claimable(5ms, 0ms, now), 3);
    lane.gate.spare = 2; // as good as granted
    QCOMPARE(lane.claimable(5ms, 0ms, now), 5);
    lane.inFlight = 8;
    QCOMPARE(lane.claimable(5ms, 0ms, now), 1);
    QVERIFY(!lane.lacksPermits()); // it is the slots
}

void LaneTest::aBatchTakesSeveralInOneCall()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 3, 0ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    lane.gate.permits.setFree(true);
    QCOMPARE(lane.claimable(5ms, 0ms, now), 6);
    for (int i = 0; i < 4; ++i)
        lane.claimed.push_back(claimedAt(now));
    QCOMPARE(lane.takeBatch().size(), std::size_t(3));
    lane.claimed.push_back(claimedAt(now, "text/plain"));
    QCOMPARE(lane.takeBatch().size(), std::size_t(1)); // no JSON: it cannot be in an array
}

void LaneTest::aBatchWaitsForOthers()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 2, 30ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    QVERIFY(!lane.callAt(now));
    lane.claimed.push_back(claimedAt(now));
    QCOMPARE(lane.callAt(now), std::optional(now + 30ms));
    QVERIFY(!lane.callAt(now + 30ms));
    lane.claimed.push_back(claimedAt(now + 10ms));
    QVERIFY(!lane.callAt(now)); // it is full
}

void LaneTest::aBatchThatWaitsForOthersNeedsNoPermitYet()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 3, 30ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    lane.gate.permits.setFree(false);
    QCOMPARE(lane.claimable(5ms, 0ms, now), 3); // they gather
    lane.claimed.push_back(claimedAt(now));
    QCOMPARE(lane.callsSoon(lane.unsent(), now), 0);
    QCOMPARE(lane.callsSoon(lane.unsent(), now + 24ms), 1); // in time for its call
    QCOMPARE(lane.callsSoon(4, now), 1);                    // one of them is full
    QCOMPARE(lane.claimable(5ms, 0ms, now), 2);
    lane.gate.askAgainAt = now + 1s; // the limit is used up
    QVERIFY(lane.claimable(5ms, 0ms, now) <= 0);
}

PUNCTUAL_TEST(LaneTest)
#include "lane_test.moc"
