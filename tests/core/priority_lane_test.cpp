// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which the due messages of a destination go.
#include "core/priority_lane.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;
using enum Priority;

class PriorityLaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheWorkedExample();
    void sharesTheLane_data();
    void sharesTheLane();
    void goesByDueTimeWithinAPriority();
    void keepsTheOrderOfOneMoment();
    void neverStarvesTheLow();
    void anIdlePriorityGathersNoCredit();
    void counts();
    void movesItemsThatCannotBeCopied();

private:
    static QByteArray drained(PriorityLane<char>& lane, int turns);
    static void fill(PriorityLane<char>& lane, Priority priority, char item, int count);
};

QByteArray PriorityLaneTest::drained(PriorityLane<char>& lane, int turns)
{
    QByteArray order;
    for (int i = 0; i < turns; ++i)
        order += lane.take().value_or('-');
    return order;
}

void PriorityLaneTest::fill(PriorityLane<char>& lane, Priority priority, char item, int count)
{
    for (int i = 0; i < count; ++i)
        lane.add(priority, at(), item);
}

void PriorityLaneTest::followsTheWorkedExample()
{
    PriorityLane<char> lane;
    fill(lane, High, 'h', 20);
    fill(lane, Normal, 'n', 20);
    fill(lane, Low, 'l', 20);
    QCOMPARE(drained(lane, 18), QByteArray("hnhlhnhnh"
                                           "hnhlhnhnh"));
}

void PriorityLaneTest::sharesTheLane_data()
{
    QTest::addColumn<int>("high");
    QTest::addColumn<int>("normal");
    QTest::addColumn<int>("low");
    QTest::addColumn<QByteArray>("order");
    QTest::newRow("nobody waits") << 0 << 0 << 0 << QByteArray("--");
    QTest::newRow("high alone") << 3 << 0 << 0 << QByteArray("hhh-");
    QTest::newRow("low alone") << 0 << 0 << 3 << QByteArray("lll-");
    QTest::newRow("high and low are 5:1") << 9 << 0 << 9 << QByteArray("hhhlhhhhhlhl");
    QTest::newRow("normal and low are 3:1") << 0 << 9 << 9 << QByteArray("nnlnnnln");
    QTest::newRow("the rest goes when high is done") << 1 << 1 << 2 << QByteArray("hnll-");
}

void PriorityLaneTest::sharesTheLane()
{
    QFETCH(int, high);
    QFETCH(int, normal);
    QFETCH(int, low);
    QFETCH(QByteArray, order);
    PriorityLane<char> lane;
    fill(lane, High, 'h', high);
    fill(lane, Normal, 'n', normal);
    fill(lane, Low, 'l', low);
    QCOMPARE(drained(lane, static_cast<int>(order.size())), order);
}

void PriorityLaneTest::goesByDueTimeWithinAPriority()
{
    PriorityLane<char> lane;
    lane.add(Normal, at(3s), 'c');
    lane.add(Normal, at(1s), 'a');
    lane.add(Normal, at(2s), 'b');
    QCOMPARE(drained(lane, 3), QByteArray("abc"));
}

void PriorityLaneTest::keepsTheOrderOfOneMoment()
{
    PriorityLane<char> lane;
    for (const char item : QByteArray("abcdef"))
        lane.add(Low, at(), item);
    QCOMPARE(drained(lane, 6), QByteArray("abcdef"));
}

void PriorityLaneTest::neverStarvesTheLow()
{
    PriorityLane<char> lane;
    fill(lane, Low, 'l', 100);
    fill(lane, Normal, 'n', 2);
    int since = 0;
    for (int turn = 0; turn < 900; ++turn) {
        lane.add(High, at(), 'h'); // they keep coming, and so do the normal ones
        lane.add(Normal, at(), 'n');
        since = lane.take() == 'l' ? 0 : since + 1;
        QVERIFY(since < 9);
    }
    QCOMPARE(lane.size(Low), 0U);
}

void PriorityLaneTest::anIdlePriorityGathersNoCredit()
{
    PriorityLane<char> lane;
    fill(lane, High, 'h', 1000);
    drained(lane, 500);
    fill(lane, Low, 'l', 10);
    QCOMPARE(drained(lane, 6).count('l'), 1);
}

void PriorityLaneTest::counts()
{
    PriorityLane<char> lane;
    QVERIFY(lane.empty());
    fill(lane, High, 'h', 2);
    fill(lane, Low, 'l', 3);
    QCOMPARE(lane.size(), 5U);
    QCOMPARE(lane.size(High), 2U);
    QCOMPARE(lane.size(Normal), 0U);
    QCOMPARE(lane.size(Low), 3U);
    QCOMPARE(lane.take(), 'h');
    QCOMPARE(lane.size(), 4U);
    lane.clear();
    QVERIFY(lane.empty());
    QVERIFY(!lane.take());
    QCOMPARE(lane.size(Low), 0U);
}

void PriorityLaneTest::movesItemsThatCannotBeCopied()
{
    PriorityLane<std::unique_ptr<int>> lane;
    lane.add(High, at(), std::make_unique<int>(7));
    QCOMPARE(**lane.take(), 7);
}

PUNCTUAL_TEST(PriorityLaneTest)

#include "priority_lane_test.moc"
