// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/permits.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using runtime::Permits;
using namespace std::chrono_literals;

namespace
{

const Instant now = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));

Grant together(int permits, Duration validity = 50ms)
{
    return {.permits = permits, .first = now, .spacing = {}, .validity = validity, .retryAt = {}};
}

Grant spaced(int permits)
{
    return {.permits = permits, .first = now + 10ms, .spacing = 10ms, .validity = 5ms, .retryAt = {}};
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
    QVERIFY(!permits.take(now));
    permits.add(together(2), now);
    QVERIFY(permits.take(now));
    QVERIFY(permits.take(now + 50ms));
    QVERIFY(!permits.take(now + 50ms));
    QVERIFY(permits.takeUnused().empty());
}

void PermitsTest::freeNeedsNone()
{
    Permits permits;
    permits.setFree(true);
    QVERIFY(permits.take(now)->isFree());
    QCOMPARE(permits.size(), 0);
}

void PermitsTest::spacedOnesComeOneByOne()
{
    Permits permits;
    permits.add(spaced(3), now);
    QVERIFY(!permits.take(now));
    QCOMPARE(permits.next(), std::optional(now + 10ms));
    QCOMPARE(permits.take(now + 12ms)->end, now + 15ms); // it may leave until then
    QVERIFY(!permits.take(now + 13ms));
    QCOMPARE(permits.take(now + 25ms)->end, now + 25ms);
    QVERIFY(!permits.take(now + 36ms)); // the third one's time is over
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 1}}));
}

void PermitsTest::whatRanOutIsGoneAndCounted()
{
    Permits permits;
    permits.add(together(4), now);
    permits.add(together(3, 80ms), now + 1ms);
    QVERIFY(permits.take(now));
    QVERIFY(permits.take(now + 60ms)); // of the second grant
    QCOMPARE(permits.size(), 2);
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 3}}));
}

void PermitsTest::usableCountsThoseOfATime()
{
    Permits permits;
    permits.add(together(4), now);
    permits.add(spaced(3), now);
    QCOMPARE(permits.usable(now, now), 4);
    QCOMPARE(permits.usable(now, now + 20ms), 6);
    QCOMPARE(permits.usable(now, now + 1s), 7);
    QCOMPARE(permits.usable(now + 60ms, now + 1s), 0);
}

void PermitsTest::clearedOnesAreCountedToo()
{
    Permits permits;
    permits.add(together(4), now);
    QVERIFY(permits.take(now));
    permits.clear();
    QVERIFY(!permits.take(now));
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 3}}));
}

void PermitsTest::thoseOfCallsThatDidNotLeaveAreCountedToo()
{
    Permits permits;
    permits.add(together(2), now);
    permits.giveBack(*permits.take(now + 1ms));
    QCOMPARE(permits.takeUnused(), (std::vector<std::pair<Instant, int>>{{now, 1}}));
    permits.setFree(true);
    permits.giveBack(*permits.take(now));
    QVERIFY(!permits.hasUnused());
}

void PermitsTest::whatWasTakenHoldsUntilItRunsOutOrIsCleared()
{
    Permits permits;
    permits.add(together(4), now);
    const auto permit = *permits.take(now);
    QVERIFY(permits.holds(permit, now + 50ms));
    QVERIFY(!permits.holds(permit, now + 51ms));
    permits.clear();
    QVERIFY(!permits.holds(permit, now));
    permits.setFree(true);
    const auto free = *permits.take(now);
    QVERIFY(permits.holds(free, now + 1h));
    permits.setFree(false); // a limit came, or a pause
    QVERIFY(!permits.holds(free, now));
}

PUNCTUAL_TEST(PermitsTest)
#include "permits_test.moc"
