// SPDX-License-Identifier: GPL-3.0-or-later
// Several messages in one call, with a whole node.
#include "node_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class BatchTest : public QObject, private NodeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aBatchIsOneCall();
    void aBatchThatWaitsForOthersHasItsPermitInTime();
    void aBatchHasAResultForEach();
    void aBatchThatFailedStaysTogether();
    void whatCannotBeInABatchIsRefused();
};

void BatchTest::aBatchIsOneCall()
{
    auto destination = destinationAt(m_receiver->url());
    destination.batching = Batching{Batching::Format::JsonArray, 10, 200ms};
    put(destination);
    auto messages = many(25);
    for (auto& message : messages)
        message.content.body = QByteArrayLiteral("{\"a\":1.50}");
    schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 25, 30'000);
    int bodies = 0;
    for (const auto& request : m_receiver->requests()) {
        const auto array = QJsonDocument::fromJson(request.body).array();
        QVERIFY(!array.isEmpty() && array.size() <= 10);
        QVERIFY(request.body.contains("1.50")); // as it was written
        bodies += static_cast<int>(array.size());
        QCOMPARE(request.header("Punctual-Message-Ids").split(',').size(), array.size());
    }
    QCOMPARE(bodies, 25);
    QVERIFY2(m_receiver->count() <= 5, qPrintable(QString::number(m_receiver->count())));
}

/// It waits longer than permits last, and longer than a message waits for one.
void BatchTest::aBatchThatWaitsForOthersHasItsPermitInTime()
{
    auto destination = destinationAt(m_receiver->url());
    destination.batching = Batching{Batching::Format::JsonArray, 10, 1500ms};
    destination.rateLimit = RateLimit{RateAlgorithm::SlidingLog, 1, 1s, 1};
    destination.quota = Quota{100, QuotaPeriod::Month, "UTC"};
    put(destination);
    auto messages = many(5);
    for (auto& message : messages)
        message.content.body = QByteArrayLiteral("{}");
    schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 5, 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
    // No permit was taken but the one that was used.
    QCOMPARE(m_database
                 ->value(QStringLiteral("SELECT quota_used FROM punctual.lanes WHERE destination = 'orders'"))
                 .toInt(),
             1);
}

void BatchTest::aBatchHasAResultForEach()
{
    auto destination = destinationAt(m_receiver->url());
    destination.batching = Batching{Batching::Format::Ndjson, 3, 5s};
    destination.retry.initialDelay = 1h;
    put(destination);
    m_receiver->replyNext(
        {.status = 200, .body = "[200, {\"status\": 503}, {\"status\": 422, \"error\": \"no\"}]"});
    auto messages = many(3);
    for (auto& message : messages)
        message.content.body = QByteArrayLiteral("{}");
    schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Retrying), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Dead), 1, 30'000);
    QCOMPARE(m_receiver->count(), std::size_t(1));
}

/// So that the third party knows the call again by its key.
void BatchTest::aBatchThatFailedStaysTogether()
{
    auto destination = destinationAt(m_receiver->url());
    destination.batching = Batching{Batching::Format::JsonArray, 3, 500ms};
    destination.retry.initialDelay = 2s;
    destination.retry.jitter = 1;
    put(destination);
    m_receiver->replyNext({.status = 500});
    auto messages = many(3);
    for (auto& message : messages)
        message.content.body = QByteArrayLiteral("{}");
    schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 3, 30'000);
    const auto requests = m_receiver->requests();
    QCOMPARE(requests.size(), std::size_t(2));
    QVERIFY(!requests[0].header("Idempotency-Key").isEmpty());
    QCOMPARE(requests[1].header("Idempotency-Key"), requests[0].header("Idempotency-Key"));
    QCOMPARE(requests[0].header("Punctual-Attempt"), QByteArray("1"));
    QCOMPARE(requests[1].header("Punctual-Attempt"), QByteArray("2"));
}

void BatchTest::whatCannotBeInABatchIsRefused()
{
    auto destination = destinationAt(m_receiver->url());
    destination.batching = Batching{Batching::Format::JsonArray, 2, 5s};
    put(destination);
    auto messages = many(2);
    messages[0].content.body = QByteArrayLiteral("{\"torn");
    messages[1].content.body = QByteArrayLiteral("{}");
    const auto ids = schedule(messages);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Delivered), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(countIn(MessageState::Dead), 1, 30'000);
    QCOMPARE(m_receiver->requests().front().body, QByteArrayLiteral("[{}]"));
}

PUNCTUAL_TEST(BatchTest)
#include "batch_test.moc"
