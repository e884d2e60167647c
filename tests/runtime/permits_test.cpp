// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/permits.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using runtime::Permits;
using namespace std::chrono_literals;

namespace
{

Grant together(int permits, Duration validity = 50ms)
{
    return {.permits = permits, .first = at(), .spacing = {}, .validity = validity, .retryAt = {}};
}

Grant spaced(int permits)
{
    return {.permits = permits, .first = at() + 10ms, .spacing = 10ms, .validity = 5ms, .retryAt = {}};
}

} // namespace

class PermitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsUsedOnce();
    void freeNeedsNone();
    void spacedOnesComeOneByOne();
    void whatRanOutIsGoneAndCounted();
    void usableCountsThoseOfATime();
    void clearedOnesAreCountedToo();
    void thoseOfCallsThatDidNotLeaveAreCountedToo();
    void whatWasTakenHoldsUntilItRunsOutOrIsCleared();
};

void PermitsTest::eachIsUsedOnce()
{
    Permits permits;
    QVERIFY(!permits.take(at()));
    permits.add(together(2), at());
    QVERIFY(permits.take(at()));
    QVERIFY(permits.take(at() + 50ms));
    QVERIFY(!permits.take(at() + 50ms));
    QVERIFY(permits.takeUnused().empty());
}

void PermitsTest::freeNeedsNone()
{
    Permits permits;
    permits.setFree(true);
    QVERIFY(permits.take(at())->isFree());
    QCOMPARE(permits.size(), 0);
}

void PermitsTest::spacedOnesComeOneByOne()
{
    Permits permits;
    permits.add(spaced(3), at());
    QVERIFY(!permits.take(at()));
    QCOMPARE(permits.next(), std::optional(at() + 10ms));
    QCOMPARE(permits.take(at() + 12ms)->end, at() + 15ms); // it may leave until then
    QVERIFY(!permits.take(at() + 13ms));
    QCOMPARE(permits.take(at() + 25ms)->end, at() + 25ms);
    QVERIFY(!permits.take(at() + 36ms)); // the third one's time is over
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{at(), 1}}));
}

void PermitsTest::whatRanOutIsGoneAndCounted()
{
    Permits permits;
    permits.add(together(4), at());
    permits.add(together(3, 80ms), at() + 1ms);
    QVERIFY(permits.take(at()));
    QVERIFY(permits.take(at() + 60ms)); // of the second grant
    QCOMPARE(permits.size(), 2);
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{at(), 3}}));
}

void PermitsTest::usableCountsThoseOfATime()
{
    Permits permits;
    permits.add(together(4), at());
    permits.add(spaced(3), at());
    QCOMPARE(permits.usable(at(), at()), 4);
    QCOMPARE(permits.usable(at(), at() + 20ms), 6);
    QCOMPARE(permits.usable(at(), at() + 1s), 7);
    QCOMPARE(permits.usable(at() + 60ms, at() + 1s), 0);
}

void PermitsTest::clearedOnesAreCountedToo()
{
    Permits permits;
    permits.add(together(4), at());
    QVERIFY(permits.take(at()));
    permits.clear();
    QVERIFY(!permits.take(at()));
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{at(), 3}}));
}

void PermitsTest::thoseOfCallsThatDidNotLeaveAreCountedToo()
{
    Permits permits;
    permits.add(together(2), at());
    permits.giveBack(*permits.take(at() + 1ms));
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{at(), 1}}));
    permits.setFree(true);
    permits.giveBack(*permits.take(at()));
    QVERIFY(!permits.hasUnused());
}

void PermitsTest::whatWasTakenHoldsUntilItRunsOutOrIsCleared()
{
    Permits permits;
    permits.add(together(4), at());
    const auto permit = *permits.take(at());
    QVERIFY(permits.holds(permit, at() + 50ms));
    QVERIFY(!permits.holds(permit, at() + 51ms));
    permits.clear();
    QVERIFY(!permits.holds(permit, at()));
    permits.setFree(true);
    const auto free = *permits.take(at());
    QVERIFY(permits.holds(free, at() + 1h));
    permits.setFree(false); // a limit came, or a pause
    QVERIFY(!permits.holds(free, at()));
}

PUNCTUAL_TEST(PermitsTest)
#include "permits_test.moc"
