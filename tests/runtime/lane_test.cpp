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
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 10);
    lane.inFlight = 3;
    lane.claiming = 4;
    lane.early = 1;
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 2);
    for (int i = 0; i < 5; ++i)
        lane.claimed.push_back({{}, {}, Journey({})});
    QVERIFY(lane.claimable(5ms, 0ms, at()) <= 0);
    lane.inFlight = 10;
    QVERIFY(!lane.hasSlot());
}

void LaneTest::claimsAheadAtThePaceOfItsAnswers()
{
    auto lane = laneOf(10);
    lane.inFlight = 10;
    const Duration end = answerFor(lane, 200ms);
    // Eight round trips of 4 ms: 320 slots come free by then.
    QCOMPARE(lane.claimable(4ms, end, at()), 320);
    QCOMPARE(lane.claimable(10s, end, at()), 500); // the most
}

void LaneTest::aHangingDestinationHasNoPace()
{
    auto lane = laneOf(10);
    const Duration end = answerFor(lane, 200ms);
    QVERIFY(lane.claimable(4ms, end, at()) > 10);
    QCOMPARE(lane.claimable(4ms, end + 1s, at()), 10); // not one answer since
    lane.noteAnswer(end + 20s, 1);                     // one is not a pace
    QCOMPARE(lane.claimable(4ms, end + 20s, at()), 10);
}

void LaneTest::claimsNoMoreThanThereArePermits()
{
    auto lane = laneOf(10);
    lane.gate.permits.setFree(false);
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 0);
    QVERIFY(lane.lacksPermits());
    lane.gate.permits.add({.permits = 4, .first = at(), .spacing = {}, .validity = 50ms, .retryAt = {}},
                          at());
    lane.claimed.push_back(claimedAt(at()));
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 3);
    lane.gate.spare = 2; // as good as granted
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 5);
    lane.inFlight = 8;
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 1);
    QVERIFY(!lane.lacksPermits()); // it is the slots
}

void LaneTest::aBatchTakesSeveralInOneCall()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 3, 0ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    lane.gate.permits.setFree(true);
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 6);
    for (int i = 0; i < 4; ++i)
        lane.claimed.push_back(claimedAt(at()));
    QCOMPARE(lane.takeBatch().size(), std::size_t(3));
    lane.claimed.push_back(claimedAt(at(), "text/plain"));
    QCOMPARE(lane.takeBatch().size(), std::size_t(1)); // no JSON: it cannot be in an array
}

void LaneTest::aBatchWaitsForOthers()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 2, 30ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    QVERIFY(!lane.callAt(at()));
    lane.claimed.push_back(claimedAt(at()));
    QCOMPARE(lane.callAt(at()), std::optional(at() + 30ms));
    QVERIFY(!lane.callAt(at() + 30ms));
    lane.claimed.push_back(claimedAt(at() + 10ms));
    QVERIFY(!lane.callAt(at())); // it is full
}

void LaneTest::aBatchThatWaitsForOthersNeedsNoPermitYet()
{
    auto destination = *laneOf(2).destination;
    destination.batching = Batching{Batching::Format::JsonArray, 3, 30ms};
    runtime::Lane lane(std::make_shared<const Destination>(destination));
    lane.gate.permits.setFree(false);
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 3); // they gather
    lane.claimed.push_back(claimedAt(at()));
    QCOMPARE(lane.callsSoon(lane.unsent(), at()), 0);
    QCOMPARE(lane.callsSoon(lane.unsent(), at() + 24ms), 1); // in time for its call
    QCOMPARE(lane.callsSoon(4, at()), 1);                    // one of them is full
    QCOMPARE(lane.claimable(5ms, 0ms, at()), 2);
    lane.gate.askAgainAt = at() + 1s; // the limit is used up
    QVERIFY(lane.claimable(5ms, 0ms, at()) <= 0);
}

PUNCTUAL_TEST(LaneTest)
#include "lane_test.moc"
