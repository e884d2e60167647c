// SPDX-License-Identifier: GPL-3.0-or-later
// A test message to a destination, on a node that delivers it: what came back, or what kept it.
#include "node_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class DestinationTesterTest : public QObject, private NodeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void tellsWhatCameBack();
    void tellsWhatFailed();
    void triesOnce();
    void settlesWhatGotNoAnswer();
    void takesBackWhatCannotLeave();
    void takesBackWhatNobodySends();
    void knowsNoOtherDestination();
    void isLeftOutOfAReplayOfAll();

private:
    [[nodiscard]] Result<DestinationTest> testNow(const QString& name = QStringLiteral("orders"))
    {
        return await<DestinationTest>([&](QObject* context, auto answer) {
            m_client->testDestination(someActor(), name, testContent(), context, answer);
        });
    }
};

void DestinationTesterTest::tellsWhatCameBack()
{
    m_receiver->replyAlways({.status = 202, .body = "thank you"});
    const auto result = testNow().value();
    QVERIFY(result.state == MessageState::Delivered);
    QVERIFY(result.attempt.has_value());
    QCOMPARE(result.attempt->status, 202);
    QCOMPARE(result.attempt->response, QByteArray("thank you"));
    QVERIFY(!result.why);
    QCOMPARE(m_receiver->requests().at(0).body, testContent().body);
    const auto stored = m_database->value(
        QStringLiteral("SELECT concat_ws(' ', tags[1], priority, max_attempts) FROM punctual.messages"));
    QCOMPARE(stored.toString(), QStringLiteral("punctual-test high 1"));
}

void DestinationTesterTest::tellsWhatFailed()
{
    m_receiver->refuse();
    const auto result = testNow().value();
    QVERIFY(result.state == MessageState::Dead);
    QVERIFY(result.attempt.has_value());
    QCOMPARE(result.attempt->status, 0);
    QVERIFY(!result.attempt->error.isEmpty());
}

void DestinationTesterTest::triesOnce()
{
    m_receiver->replyAlways({.status = 503});
    const auto result = testNow().value();
    QVERIFY(result.state == MessageState::Dead);
    QCOMPARE(result.attempt.value().status, 503);
    QCOMPARE(m_receiver->count(), std::size_t(1));
}

void DestinationTesterTest::settlesWhatGotNoAnswer()
{
    m_receiver->replyAlways({.manner = Reply::Manner::Hang});
    auto destination = destinationAt(m_receiver->url());
    destination.timeout = 300ms;
    destination.onUnknown = OnUnknown::Hold;
    put(destination);
    const auto result = testNow().value();
    QVERIFY(result.attempt.value().outcome == Outcome::Unknown);
    QVERIFY(result.state == MessageState::Dead); // nobody has to decide about it
    QCOMPARE(stateOf(result.message), QStringLiteral("dead"));
}

void DestinationTesterTest::takesBackWhatCannotLeave()
{
    QVERIFY(await<Destination>([&](QObject* context, auto answer) {
        m_client->pause(someActor(), QStringLiteral("orders"), std::nullopt, context, answer);
    }));
    const auto result = testNow().value();
    QVERIFY(!result.attempt);
    QVERIFY(result.state == MessageState::Cancelled);
    QVERIFY(result.why.value().code == WhyCode::Paused);
    QCOMPARE(stateOf(result.message), QStringLiteral("cancelled"));
    QCOMPARE(m_receiver->count(), std::size_t(0));
}

void DestinationTesterTest::takesBackWhatNobodySends()
{
    stopNode();
    const auto result = testNow().value();
    QVERIFY(!result.attempt);
    QVERIFY(isFinal(result.state));
    QVERIFY(result.why.value().code == WhyCode::NoNode);
    QVERIFY(isFinal(parseMessageState(stateOf(result.message)).value()));
}

void DestinationTesterTest::knowsNoOtherDestination()
{
    QCOMPARE(testNow(QStringLiteral("nowhere")).error().code, ErrorCode::NotFound);
}

void DestinationTesterTest::isLeftOutOfAReplayOfAll()
{
    m_receiver->replyAlways({.status = 404});
    QVERIFY(testNow().value().state == MessageState::Dead);
    const auto matched = [&](const QString& tag) {
        NewOperation wanted{.action = OperationAction::Replay};
        wanted.filter.tag = tag;
        wanted.all = tag.isEmpty();
        return await<OperationPreview>([&](QObject* context, auto answer) {
                   m_client->previewOperation(someActor(), wanted, context, answer);
               })
            .value()
            .count;
    };
    QCOMPARE(matched({}), 0);
    QCOMPARE(matched(QString(testTag)), 1);
}

PUNCTUAL_TEST(DestinationTesterTest)
#include "destination_tester_test.moc"
