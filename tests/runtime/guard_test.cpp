// SPDX-License-Identifier: GPL-3.0-or-later
// What protects the third party, with whole nodes: rates, quotas, pauses that it asks for, the circuit
// breaker, order.
#include "node_fixture.h"

#include <QJsonArray>

#include <map>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class GuardTest : public QObject, private NodeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void twoNodesTogetherKeepToTheRate_data();
    void twoNodesTogetherKeepToTheRate();
    void aConnectionThatTakesLongerThanAPermitKeepsToTheRate_data();
    void aConnectionThatTakesLongerThanAPermitKeepsToTheRate();
    void aQuotaHoldsTheRestAndThatCanBeCancelled();
    void retryAfterHoldsTheWholeLane();
    void nothingRemainingHoldsTheLane();
    void theBreakerSparesWhatWaits();
    void whatIsStillConnectingStaysWhenTheLaneStops_data();
    void whatIsStillConnectingStaysWhenTheLaneStops();
    void goneStopsTheDestination();
    void aNodeSaysToWhomItSendsNothing();
    void aKeyGoesInOrderAcrossRetries();
    void oneThatIsTooOldIsNotTriedAgain();
    void oneThatWaitedForTooLongIsNotTriedAtAll();
    void aMessageHasItsOwnRetries();
    void messagesOfOneClaimLeaveInDueOrder();

private:
    Why why(const MessageId& id);
    std::vector<qint64> startTimes();
    int attemptsOf(const MessageId& id);
    /// In microseconds.
    void verifyStarts(std::size_t count, qint64 span, std::size_t mostInAnySpan, int mostInAWindow);
};

Why GuardTest::why(const MessageId& id)
{
    return await<Why>([&](QObject* context, auto answer) { m_client->why(someActor(), id, context, answer); })
        .value();
}

/// When attempts left, in microseconds, in order.
std::vector<qint64> GuardTest::startTimes()
{
    const auto text = m_database
                          ->value(QStringLiteral("SELECT string_agg(punctual.micros(started_at)::text, ' ' "
                                                 "ORDER BY started_at) FROM punctual.attempts"))
                          .toString();
    std::vector<qint64> times;
    for (const auto& word : text.split(u' ', Qt::SkipEmptyParts))
        times.push_back(word.toLongLong());
    return times;
}

int GuardTest::attemptsOf(const MessageId& id)
{
    return m_database
        ->value(QStringLiteral("SELECT attempts FROM punctual.messages WHERE id = '%1'").arg(toText(id)))
        .toInt();
}

void GuardTest::verifyStarts(std::size_t count, qint64 span, std::size_t mostInAnySpan, int mostInAWindow)
{
    const auto times = startTimes();
    QCOMPARE(times.size(), count);
    for (std::size_t i = mostInAnySpan; i < times.size(); ++i)
        QVERIFY2(times[i] - times[i - mostInAnySpan] >= span,
                 qPrintable(QStringLiteral("%1 to %2").arg(times[i - mostInAnySpan]).arg(times[i])));
    std::map<qint64, int> windows;
    for (const qint64 time : times)
        ++windows[time / span];
    for (const auto& [window, inIt] : windows)
        QVERIFY2(inIt <= mostInAWindow, qPrintable(QStringLiteral("%1 in one window").arg(inIt)));
}

void GuardTest::twoNodesTogetherKeepToTheRate_data()
{
    QTest::addColumn<RateAlgorithm>("algorithm");
    QTest::addColumn<std::size_t>("mostInAnySpan");
    QTest::addColumn<int>("mostInAWindow"); // of the clock
    QTest::newRow("token bucket") << RateAlgorithm::TokenBucket << std::size_t(40) << 40;
    QTest::newRow("leaky bucket") << RateAlgorithm::LeakyBucket << std::size_t(20) << 20;
    QTest::newRow("fixed window") << RateAlgorithm::FixedWindow << std::size_t(40) << 20;
    QTest::newRow("sliding window") << RateAlgorithm::SlidingWindow << std::size_t(40) << 20;
    QTest::newRow("sliding log") << RateAlgorithm::SlidingLog << std::size_t(20) << 20;
}

void GuardTest::twoNodesTogetherKeepToTheRate()
{
    QFETCH(const RateAlgorithm, algorithm);
    QFETCH(const std::size_t, mostInAnySpan);
    QFETCH(const int, mostInAWindow);
    constexpr qint64 span = 200'000; // microseconds
    auto destination = destinationAt(m_receiver->url());
    destination.rateLimit = RateLimit{algorithm, 20, Duration(span), 20};
    put(destination);
    const auto other = startNode(QStringLiteral("other"));
    QTRY_VERIFY_WITH_TIMEOUT(other->isReady(), 30'000);
    schedule(many(100));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 100, 60'000);
    QCOMPARE(m_receiver->count(), std::size_t(100));
    verifyStarts(100, span, mostInAnySpan, mostInAWindow);
}

void GuardTest::aConnectionThatTakesLongerThanAPermitKeepsToTheRate_data()
{
    QTest::addColumn<RateAlgorithm>("algorithm");
    QTest::addColumn<std::size_t>("mostInAnySpan");
    QTest::addColumn<int>("mostInAWindow");                                               // of the clock
    QTest::newRow("token bucket") << RateAlgorithm::TokenBucket << std::size_t(20) << 20; // the burst as well
    QTest::newRow("leaky bucket") << RateAlgorithm::LeakyBucket << std::size_t(10) << 10;
    QTest::newRow("fixed window") << RateAlgorithm::FixedWindow << std::size_t(20) << 10;
    QTest::newRow("sliding log") << RateAlgorithm::SlidingLog << std::size_t(10) << 10;
}

/// Each call makes a connection of its own, which is ready when a usual permit has run out or the window is
/// over: they get through all the same, and no span of time has more than it may.
void GuardTest::aConnectionThatTakesLongerThanAPermitKeepsToTheRate()
{
    QFETCH(const RateAlgorithm, algorithm);
    QFETCH(const std::size_t, mostInAnySpan);
    QFETCH(const int, mostInAWindow);
    constexpr qint64 span = 600'000; // microseconds; a permit of the log lasts for 30 ms
    const TestAuthority authority;
    Receiver receiver(ReceiverTls{.identity = authority.issue(), .delay = 60ms});
    receiver.replyAlways({.headers = {{"Connection", "close"}}});
    auto destination = destinationAt(receiver.url());
    destination.tls.caCertificate = authority.certificate();
    destination.rateLimit = RateLimit{algorithm, 10, Duration(span), 10};
    put(destination);
    schedule(many(40));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 40, 60'000);
    QCOMPARE(receiver.count(), std::size_t(40));
    verifyStarts(40, span, mostInAnySpan, mostInAWindow);
}

void GuardTest::aQuotaHoldsTheRestAndThatCanBeCancelled()
{
    auto destination = destinationAt(m_receiver->url());
    destination.quota = Quota{10, QuotaPeriod::Month, "UTC"};
    put(destination);
    const auto ids = schedule(many(25));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 10, 30'000);
    const auto used = [&] {
        return m_database
            ->value(QStringLiteral("SELECT quota_used FROM punctual.lanes WHERE destination = 'orders'"))
            .toInt();
    };
    QTRY_COMPARE_WITH_TIMEOUT(used(), 10, 30'000);
    QCOMPARE(countIn(MessageState::Scheduled), 15);
    const auto waiting = std::find_if(ids.begin(), ids.end(),
                                      [&](const MessageId& id) { return stateOf(id) == u"scheduled"; });
    QVERIFY(waiting != ids.end());
    QCOMPARE(why(*waiting).code, WhyCode::Quota);
    QVERIFY(why(*waiting).expectedAt.has_value());
    const auto verdict = await<CancelVerdict>(
        [&](QObject* context, auto answer) { m_client->cancel(someActor(), *waiting, context, answer); });
    QVERIFY(verdict && verdict->isCancelled());
    QCOMPARE(m_receiver->count(), std::size_t(10));
}

void GuardTest::retryAfterHoldsTheWholeLane()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    put(destination);
    m_receiver->replyNext({.status = 429, .headers = {{"Retry-After", "1"}}});
    schedule(many(5));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 5, 30'000);
    const auto times = startTimes();
    QCOMPARE(times.size(), std::size_t(6));
    QVERIFY(times[1] - times[0] >= 1'000'000); // any of them, not only the one that was answered so
}

void GuardTest::nothingRemainingHoldsTheLane()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    put(destination);
    m_receiver->replyNext(
        {.status = 200, .headers = {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1"}}});
    schedule(many(3));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 3, 30'000);
    const auto times = startTimes();
    QVERIFY(times[1] - times[0] >= 1'000'000);
}

void GuardTest::theBreakerSparesWhatWaits()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    destination.retry.initialDelay = 1h; // each fails once
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 3, .open = 1s};
    put(destination);
    m_receiver->replyAlways({.status = 500});
    const auto ids = schedule(many(60));
    const auto breaker = [&] {
        return m_database
            ->value(QStringLiteral("SELECT breaker_state FROM punctual.lanes WHERE destination = 'orders'"))
            .toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(breaker(), QStringLiteral("open"), 30'000);
    QVERIFY(
        m_database
            ->value(QStringLiteral("SELECT breaker_cause FROM punctual.lanes WHERE destination = 'orders'"))
            .toString()
            .contains(QStringLiteral("HTTP status 500")));
    m_receiver->replyAlways({.status = 200});
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Retrying) + countIn(MessageState::Delivered), 60, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(breaker(), QStringLiteral("closed"), 30'000);
    // Those that waited were not attempted in vain: a probe at most while the third party still failed.
    const int failed = countIn(MessageState::Retrying);
    QVERIFY2(failed >= 3 && failed <= 5, qPrintable(QString::number(failed)));
    QCOMPARE(m_receiver->count(), std::size_t(60));
}

void GuardTest::whatIsStillConnectingStaysWhenTheLaneStops_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("the third party asks for a pause") << 429;
    QTest::newRow("the breaker opens") << 500;
    QTest::newRow("the third party says to stop") << 410;
}

/// The first call is answered while the second one still makes its connection.
void GuardTest::whatIsStillConnectingStaysWhenTheLaneStops()
{
    QFETCH(const int, status);
    const TestAuthority authority;
    Receiver receiver(ReceiverTls{.identity = authority.issue(), .delay = 800ms});
    receiver.replyAlways({.status = status, .headers = {{"Retry-After", "60"}}});
    auto destination = destinationAt(receiver.url());
    destination.tls.caCertificate = authority.certificate();
    destination.circuitBreaker = CircuitBreakerSettings{.consecutiveFailures = 1, .open = 60s};
    put(destination);
    schedule(messageFor(QStringLiteral("orders")));
    const auto second = schedule(messageFor(QStringLiteral("orders"), 400ms));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(second), QStringLiteral("delivering"), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(second), QStringLiteral("retrying"), 30'000);
    QCOMPARE(receiver.connections(), std::size_t(2));
    QCOMPARE(receiver.count(), std::size_t(1));
    QCOMPARE(attemptsOf(second), 0);
}

void GuardTest::goneStopsTheDestination()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    put(destination);
    m_receiver->replyNext({.status = 410});
    schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Dead), 1, 30'000);
    const auto isPaused = [&] {
        return m_database
            ->value(QStringLiteral(
                "SELECT paused_until = 'infinity' FROM punctual.destinations WHERE name = 'orders'"))
            .toBool();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isPaused(), 30'000);
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    const auto cause = why(id);
    QCOMPARE(cause.code, WhyCode::Paused);
    QVERIFY(cause.arguments.join(u' ').contains(QStringLiteral("410")));
}

/// As when another machine, which stored the destination, knew a zone that this one does not.
void GuardTest::aNodeSaysToWhomItSendsNothing()
{
    auto destination = destinationAt(m_receiver->url());
    destination.quota = Quota{10, QuotaPeriod::Day, "UTC"};
    put(destination);
    const auto setZone = [&](const char* zone) {
        m_database->exec(QStringLiteral("UPDATE punctual.destinations SET version = version + 1, settings = "
                                        "jsonb_set(settings, '{quota,time_zone}', '\"%1\"'); "
                                        "NOTIFY punctual_destinations")
                             .arg(QString::fromLatin1(zone)));
    };
    setZone("Atlantis/Poseidonis");
    const auto allSaySo = [&] {
        return m_database
            ->value(QStringLiteral("SELECT bool_and(jsonb_exists(locked, 'orders')) FROM punctual.nodes"))
            .toBool();
    };
    QTRY_VERIFY_WITH_TIMEOUT(allSaySo(), 30'000);
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QCOMPARE(why(id).code, WhyCode::Locked);
    QVERIFY(why(id).arguments.join(u' ').contains(QStringLiteral("Atlantis/Poseidonis")));
    QCOMPARE(m_receiver->count(), std::size_t(0));
    setZone("UTC");
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("delivered"), 60'000);
}

void GuardTest::aKeyGoesInOrderAcrossRetries()
{
    m_receiver->replyNext({.status = 200});
    m_receiver->replyNext({.status = 500}); // the second one fails once
    std::vector<NewMessage> messages;
    for (int i = 0; i < 12; ++i) {
        auto message = messageFor(QStringLiteral("orders"), Duration(i * 1ms));
        message.key = QStringLiteral("customer");
        message.content.body = QByteArray::number(i);
        messages.push_back(message);
    }
    schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 12, 60'000);
    QByteArrayList bodies;
    for (const auto& request : m_receiver->requests())
        bodies.append(request.body);
    QCOMPARE(bodies.join(' '), QByteArrayLiteral("0 1 1 2 3 4 5 6 7 8 9 10 11"));
    QCOMPARE(m_receiver->mostAtOnce(), std::size_t(1));
}

void GuardTest::oneThatIsTooOldIsNotTriedAgain()
{
    auto destination = destinationAt(m_receiver->url());
    destination.retry.maxAttempts = 100;
    destination.retry.initialDelay = 200ms;
    destination.retry.maxAge = 500ms;
    put(destination);
    m_receiver->replyAlways({.status = 500});
    const auto id = schedule(messageFor(QStringLiteral("orders")));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("dead"), 30'000);
    QVERIFY(m_receiver->count() < 5);
}

void GuardTest::oneThatWaitedForTooLongIsNotTriedAtAll()
{
    auto destination = destinationAt(m_receiver->url());
    destination.retry.maxAge = 1min;
    put(destination);
    stopNode();
    const auto ids = schedule(many(2));
    m_database->exec(
        QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '2 min' WHERE id = '%1'")
            .arg(toText(ids[0])));
    m_node = startNode(QStringLiteral("again"));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(ids[0]), QStringLiteral("dead"), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(ids[1]), QStringLiteral("delivered"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
}

/// Their ids are in another order.
void GuardTest::messagesOfOneClaimLeaveInDueOrder()
{
    auto destination = destinationAt(m_receiver->url());
    destination.maxConcurrency = 1;
    destination.batching = Batching{Batching::Format::JsonArray, 20, 0ms};
    put(destination);
    stopNode();
    auto messages = many(20);
    for (std::size_t i = 0; i < messages.size(); ++i)
        messages[i].content.body = QByteArray::number(qulonglong(i));
    const auto ids = schedule(messages);
    for (std::size_t i = 0; i < ids.size(); ++i)
        m_database->exec(
            QStringLiteral("UPDATE punctual.messages SET next_attempt_at = now() - interval '1 s' * %1 "
                           "WHERE id = '%2'")
                .arg(i + 1)
                .arg(toText(ids[i])));
    m_node = startNode(QStringLiteral("again"));
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 20, 30'000);
    QByteArray bodies;
    for (const auto& request : m_receiver->requests())
        bodies += request.body;
    QCOMPARE(bodies, QByteArray("[19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0]"));
}

void GuardTest::aMessageHasItsOwnRetries()
{
    auto destination = destinationAt(m_receiver->url());
    destination.retry.initialDelay = 1h;
    put(destination);
    m_receiver->replyAlways({.status = 404}); // refused for good, by the destination's policy
    auto message = messageFor(QStringLiteral("orders"));
    message.maxAttempts = 3;
    message.retry = {{QStringLiteral("backoff"), QStringLiteral("fixed")},
                     {QStringLiteral("initial_delay_ms"), 10},
                     {QStringLiteral("retry_on"), QJsonArray{404}}};
    const auto id = schedule(message);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("dead"), 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(3));
}

PUNCTUAL_TEST(GuardTest)
#include "guard_test.moc"
