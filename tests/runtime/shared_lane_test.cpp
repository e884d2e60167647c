// SPDX-License-Identifier: GPL-3.0-or-later
// What one node learns of a third party holds for the others: two whole nodes and one receiver.
#include "node_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class SharedLaneTest : public QObject, private NodeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void oneQuotaIsForBothNodes();
    void aPauseThatOneNodeIsAskedForHoldsTheOther();
    void aBreakerThatFailuresOfBothOpenIsOpenForBoth();

private:
    int number(const QString& expression)
    {
        return m_database->value(QStringLiteral("SELECT ") + expression).toInt();
    }
    int nodesThatSent() { return number(QStringLiteral("count(DISTINCT node) FROM punctual.attempts")); }
    /// In microseconds; of the attempts in the order in which they left, from 0.
    int startOf(int attempt)
    {
        return number(
            QStringLiteral("extract(epoch FROM started_at - (SELECT min(started_at) FROM punctual.attempts)) "
                           "* 1000000 FROM punctual.attempts ORDER BY started_at OFFSET %1 LIMIT 1")
                .arg(attempt));
    }

    std::unique_ptr<runtime::NodeHost> m_other;
};

void SharedLaneTest::init()
{
    setUp();
    m_other = startNode(QStringLiteral("other"));
    QTRY_COMPARE_WITH_TIMEOUT(number(QStringLiteral("count(DISTINCT node) FROM punctual.shards")), 2, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_other->isReady(), 30'000);
}

void SharedLaneTest::cleanup()
{
    m_other.reset();
    tearDown();
}

void SharedLaneTest::oneQuotaIsForBothNodes()
{
    auto destination = destinationAt(m_receiver->url());
    destination.quota = Quota{30, QuotaPeriod::Month, "UTC"};
    put(destination);
    schedule(many(100));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 30, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(
        number(QStringLiteral("quota_used FROM punctual.lanes WHERE destination = 'orders'")), 30, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivering), 0, 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(30));
}

void SharedLaneTest::aPauseThatOneNodeIsAskedForHoldsTheOther()
{
    m_receiver->replyNext({.status = 429, .headers = {{"Retry-After", "3"}}});
    schedule(many(1));
    QTRY_COMPARE_WITH_TIMEOUT(
        number(QStringLiteral("count(*) FROM punctual.lanes WHERE held_until > now() + interval '1 s'")), 1,
        30'000);
    schedule(many(40));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 41, 60'000);
    QCOMPARE(nodesThatSent(), 2);
    QVERIFY2(startOf(1) >= 3'000'000, qPrintable(QString::number(startOf(1))));
}

void SharedLaneTest::aBreakerThatFailuresOfBothOpenIsOpenForBoth()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    destination.retry.initialDelay = 1h;
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 2, .open = 3s};
    put(destination);
    m_receiver->replyAlways({.status = 500});
    schedule(many(1));
    schedule(many(1));
    QTRY_COMPARE_WITH_TIMEOUT(
        number(QStringLiteral("count(*) FROM punctual.lanes WHERE breaker_state = 'open'")), 1, 30'000);
    m_receiver->replyAlways({.status = 200});
    schedule(many(40));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 40, 60'000);
    QCOMPARE(nodesThatSent(), 2);
    QVERIFY2(startOf(2) - startOf(1) >= 3'000'000, qPrintable(QString::number(startOf(2))));
}

PUNCTUAL_TEST(SharedLaneTest)
#include "shared_lane_test.moc"
