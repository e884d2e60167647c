// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes share of a lane: of two that work on the same version, one is first and the other hears of it.
#include "store/lane_queries.h"
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class LaneQueriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWithoutWriting();
    void theFirstToWriteWins();
    void whatIsWrittenIsReadAgain();
    void theExpectedTimeKnowsOfOtherPriorities();
    void anotherBreakerIsClosed();
    void anotherRuleCountsAnew_data();
    void anotherRuleCountsAnew();
    void theQuotaOfPastMinutesIsKept();
    void secretsAreSealedInTheDatabase();
    void withoutTheKeySecretsCannotBeRead();
    void anotherKeyTakesOverWhatIsSealed();

private:
    store::LaneRow exchange(const LaneState& state, const LaneGuard::View& view = {});
    LaneState current() { return exchange({}).state; }

    StoreFixture m_fixture;
};

store::LaneRow LaneQueriesTest::exchange(const LaneState& state, const LaneGuard::View& view)
{
    const auto rows = store::exchangeLanes(m_fixture.connection, {{QStringLiteral("orders"), state, view}});
    if (!rows || rows->size() != 1)
        qFatal("no lane");
    return rows->front();
}

void LaneQueriesTest::asksWithoutWriting()
{
    const auto row = exchange({});
    QVERIFY(!row.written);
    QVERIFY(row.state.version >= 0);
    QCOMPARE(exchange({}).state.version, row.state.version);
}

void LaneQueriesTest::theFirstToWriteWins()
{
    LaneState first = current();
    LaneState second = first;
    first.limiter = {1};
    second.limiter = {2};
    QVERIFY(exchange(first).written);
    const auto late = exchange(second);
    QVERIFY(!late.written);
    QCOMPARE(late.state.limiter, LimiterState{1});
    second = late.state;
    second.limiter = {2};
    QVERIFY(exchange(second).written);
}

void LaneQueriesTest::whatIsWrittenIsReadAgain()
{
    LaneState state = current();
    const Instant later = instantOf(toMicroseconds(systemNow() + 1h));
    state.limiter = {1, -2, 3};
    state.quota = {4};
    state.breaker = {5, 6};
    state.breakerCause = QStringLiteral("it \"failed\", {often}");
    state.heldUntil = later;
    state.heldBecause = QStringLiteral("status 429");
    state.provider = {100, 7, later};
    QVERIFY(exchange(state, {.quotaUsed = 3,
                             .quotaLimit = 10,
                             .quotaResetsAt = later,
                             .breaker = BreakerState::Open,
                             .breakerUntil = later})
                .written);
    const auto read = current();
    QCOMPARE(read.limiter, state.limiter);
    QCOMPARE(read.quota, state.quota);
    QCOMPARE(read.breaker, state.breaker);
    QCOMPARE(read.breakerCause, state.breakerCause);
    QCOMPARE(read.heldUntil, state.heldUntil);
    QCOMPARE(read.heldBecause, state.heldBecause);
    QCOMPARE(read.provider, state.provider);
    const auto lane = store::destination(m_fixture.connection, QStringLiteral("orders")).value().lane;
    QCOMPARE(lane.quotaUsed, std::optional<qint64>(3));
    QCOMPARE(lane.breaker, std::optional(BreakerState::Open));
    QCOMPARE(lane.breakerUntil, std::optional(later));
    QCOMPARE(lane.heldUntil, std::optional(later));
}

void LaneQueriesTest::theExpectedTimeKnowsOfOtherPriorities()
{
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("busy"));
    destination.rateLimit = RateLimit{RateAlgorithm::LeakyBucket, 1, 1s, 1};
    QVERIFY(store::putDestination(m_fixture.connection, destination));
    MessageId last;
    for (const auto priority : {Priority::High, Priority::Low, Priority::Low}) {
        auto message = messageFor(QStringLiteral("busy"));
        message.priority = priority;
        last = m_fixture.schedule(message);
    }
    const auto why = store::why(m_fixture.connection, last).value();
    QCOMPARE(why.code, WhyCode::RateLimit);
    const auto now = m_fixture.database.value(QStringLiteral("SELECT punctual.micros(now())")).toLongLong();
    const qint64 wait = toMicroseconds(*why.expectedAt) - now; // one is ahead, at a sixth of one a second
    QVERIFY2(wait > 4'000'000 && wait <= 6'000'000, qPrintable(QString::number(wait)));
}

void LaneQueriesTest::anotherBreakerIsClosed()
{
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
    destination.circuitBreaker = CircuitBreakerSettings{};
    QVERIFY(store::putDestination(m_fixture.connection, destination));
    const auto lane = [&] {
        return store::destination(m_fixture.connection, QStringLiteral("orders")).value().lane;
    };
    for (const bool isRemoved : {false, true}) {
        LaneState state = current();
        state.breaker = {5, 6};
        state.breakerCause = QStringLiteral("it failed");
        QVERIFY(exchange(state, {.quotaUsed = {},
                                 .quotaLimit = {},
                                 .quotaResetsAt = {},
                                 .breaker = BreakerState::Open,
                                 .breakerUntil = instantOf(toMicroseconds(systemNow() + 1h))})
                    .written);
        destination.timeout += 1s; // has nothing to do with it
        QVERIFY(store::putDestination(m_fixture.connection, destination));
        QCOMPARE(lane().breaker, std::optional(BreakerState::Open));
        if (isRemoved)
            destination.circuitBreaker.reset();
        else
            destination.circuitBreaker->consecutiveFailures = 7;
        QVERIFY(store::putDestination(m_fixture.connection, destination));
        QVERIFY(lane().breaker != BreakerState::Open);
        QVERIFY(!lane().breakerUntil);
        QVERIFY(current().breaker.empty());
    }
}

void LaneQueriesTest::anotherRuleCountsAnew_data()
{
    QTest::addColumn<RateLimit>("before");
    QTest::addColumn<RateLimit>("after");
    QTest::addColumn<bool>("anew");
    const RateLimit rate{RateAlgorithm::SlidingLog, 10, 1s, 10};
    QTest::newRow("another limit goes on counting")
        << rate << RateLimit{RateAlgorithm::SlidingLog, 20, 1s, 20} << false;
    QTest::newRow("another time counts anew")
        << rate << RateLimit{RateAlgorithm::SlidingLog, 10, 2s, 10} << true;
    QTest::newRow("another algorithm counts anew")
        << rate << RateLimit{RateAlgorithm::FixedWindow, 10, 1s, 10} << true;
}

void LaneQueriesTest::anotherRuleCountsAnew()
{
    QFETCH(const RateLimit, before);
    QFETCH(const RateLimit, after);
    QFETCH(const bool, anew);
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
    destination.rateLimit = before;
    QVERIFY(store::putDestination(m_fixture.connection, destination));
    LaneState state = current();
    state.limiter = {7};
    QVERIFY(exchange(state).written);
    destination.rateLimit = after;
    QVERIFY(store::putDestination(m_fixture.connection, destination));
    QCOMPARE(current().limiter.empty(), anew);
    QVERIFY(!exchange(state).written); // a node that knows the old rule cannot write any more
}

void LaneQueriesTest::theQuotaOfPastMinutesIsKept()
{
    const Instant later = instantOf(toMicroseconds(systemNow() + 1h));
    const LaneGuard::View view{
        .quotaUsed = 30, .quotaLimit = 100, .quotaResetsAt = later, .breaker = {}, .breakerUntil = {}};
    QVERIFY(exchange(current(), view).written);
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.lanes SET updated_at = updated_at - interval '1 minute'"));
    QVERIFY(exchange(current(), view).written);
    const auto minutes =
        store::quotaHistory(m_fixture.connection, QStringLiteral("orders"), systemNow() - 1h, systemNow())
            .value();
    QCOMPARE(minutes.size(), std::size_t(1));
    QCOMPARE(minutes.front().used, qint64(30));
    QCOMPARE(minutes.front().limit, qint64(100));
    QCOMPARE(minutes.front().resetsAt, later);
}

void LaneQueriesTest::secretsAreSealedInTheDatabase()
{
    auto address = m_fixture.database.address();
    address.secretKeys = {*SecretKey::parse(QByteArray(64, 'a'))};
    store::Connection connection(address, QStringLiteral("with a key"));
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("sealed"));
    destination.credentials.signingSecret = "whsec_" + QByteArray(32, 'k').toBase64();
    destination.headers = {{"Authorization", "Bearer very-secret-token"}, {"X-Plain", "seen"}};
    QVERIFY(store::putDestination(connection, destination));
    const auto row =
        m_fixture.database
            .value(QStringLiteral("SELECT d::text || encode(secrets, 'escape') || a.everything "
                                  "FROM punctual.destinations d, (SELECT string_agg(a::text, '') AS "
                                  "everything FROM punctual.audit a) AS a WHERE d.name = 'sealed'"))
            .toString();
    QVERIFY(row.contains(QStringLiteral("X-Plain")));
    QVERIFY(!row.contains(QStringLiteral("very-secret-token")));
    QVERIFY(!row.contains(QString::fromLatin1(destination.credentials.signingSecret)));
    const auto read = store::destination(connection, QStringLiteral("sealed")).value();
    QCOMPARE(read.credentials.signingSecret, destination.credentials.signingSecret);
    QCOMPARE(read.headers.size(), std::size_t(2));
    QVERIFY(std::find(read.headers.begin(), read.headers.end(), destination.headers[0]) !=
            read.headers.end());
}

void LaneQueriesTest::withoutTheKeySecretsCannotBeRead()
{
    auto address = m_fixture.database.address();
    address.secretKeys.clear();
    store::Connection connection(address, QStringLiteral("without a key"));
    const auto read = store::destination(connection, QStringLiteral("sealed")).value();
    QVERIFY(!read.credentials.unreadable.isEmpty());
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("other"));
    destination.credentials.signingSecret = "whsec_" + QByteArray(32, 'k').toBase64();
    const auto put = store::putDestination(connection, destination);
    QVERIFY(!put);
    QCOMPARE(put.error().code, ErrorCode::Unsupported);
    // One of its own would be of no use to the nodes.
    const auto other = store::putDestination(m_fixture.connection, destination);
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::Unsupported);
}

void LaneQueriesTest::anotherKeyTakesOverWhatIsSealed()
{
    const auto oldKey = *SecretKey::parse(QByteArray(64, 'a'));
    const auto newKey = *SecretKey::parse(QByteArray(64, 'b'));
    auto address = m_fixture.database.address();
    address.secretKeys = {newKey};
    store::Connection without(address, QStringLiteral("without the old key"));
    QVERIFY(!store::resealSecrets(without));
    address.secretKeys = {newKey, oldKey};
    store::Connection both(address, QStringLiteral("with both keys"));
    QCOMPARE(store::resealSecrets(both).value(), 1);
    QCOMPARE(store::resealSecrets(both).value(), 0);
    const auto read = store::destination(without, QStringLiteral("sealed")).value();
    QVERIFY(read.credentials.unreadable.isEmpty());
    QVERIFY(read.credentials.signingSecret.startsWith("whsec_"));
}

PUNCTUAL_TEST(LaneQueriesTest)
#include "lane_queries_test.moc"
