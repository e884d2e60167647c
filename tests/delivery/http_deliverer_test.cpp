// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves for the third party and what its answers come to.
#include "core/retry_after.h"
#include "core/uuid_v7.h"
#include "delivery/http_deliverer.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/manual_clock.h"
#include "support/receiver.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

using Ending = Exchange::Ending;

class HttpDelivererTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsExactlyWhatItWasGiven();
    void usesTheMethod_data();
    void usesTheMethod();
    void keepsTheBeginningOfTheAnswer();
    void hidesCredentialsInTheAnswer();
    void doesNotFollowRedirects();
    void readsRetryAfter();
    void refusedConnectionsWereNotSent();
    void aResetAfterTheRequestIsNoAnswer();
    void aHangEndsAtTheDeadline();
    void aTrickleEndsAtTheDeadline();
    void privateAddressesAreRefused();
    void aReusedConnectionIsCheckedToo();
    void aHugeAnswerStillCounts();
    void reusesConnections();
    void endsWithRequestsInFlight();

private:
    [[nodiscard]] static delivery::Request requestTo(const Destination& destination);
    [[nodiscard]] Exchange deliver(const delivery::Request& request);
    [[nodiscard]] Exchange deliverTo(const Destination& destination)
    {
        return deliver(requestTo(destination));
    }

    ManualClock m_clock;
    delivery::HttpDeliverer m_http{m_clock};
};

delivery::Request HttpDelivererTest::requestTo(const Destination& destination)
{
    return {std::make_shared<const Destination>(destination),
            makeUuidV7(at()),
            2,
            at(250ms),
            {"{\"order\":7}", "application/json", {}}};
}

Exchange HttpDelivererTest::deliver(const delivery::Request& request)
{
    const auto ended = await<Exchange>([&](QObject*, auto answer) {
        m_http.deliver(request, [answer](Exchange exchange) { answer(std::move(exchange)); });
    });
    return ended.value_or(Exchange{});
}

void HttpDelivererTest::sendsExactlyWhatItWasGiven()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.headers = {{"X-Destination", "d"}, {"Authorization", "Bearer secret"}};
    auto request = requestTo(destination);
    request.content.body = QByteArray("\0\r\n\xFF{ \"b\": 1,\t\"a\": 1.10 }", 24);
    request.content.type = "application/x-verbatim";
    // Those that are not its own are refused by whoever schedules; a row that is older than that rule is not
    // sent twice either.
    request.content.headers = {{"X-Message", "m"},      {"X-Empty", ""},   {"idempotency-key", "other"},
                               {"Content-Type", "a/b"}, {"Host", "other"}, {"Punctual-Attempt", "7"}};
    QCOMPARE(deliver(request).ending, Ending::Answered);
    QCOMPARE(receiver.count(), std::size_t(1));
    const auto got = receiver.requests().front();
    QCOMPARE(got.method, QByteArray("POST"));
    QCOMPARE(got.target, QByteArray("/hook"));
    QCOMPARE(got.body, request.content.body);
    QCOMPARE(got.header("Content-Type"), QByteArray("application/x-verbatim"));
    QCOMPARE(got.header("X-Destination"), QByteArray("d"));
    QCOMPARE(got.header("Authorization"), QByteArray("Bearer secret"));
    QCOMPARE(got.header("X-Message"), QByteArray("m"));
    QCOMPARE(got.header("Idempotency-Key"), toText(request.id).toLatin1());
    QCOMPARE(got.header("Punctual-Message-Id"), toText(request.id).toLatin1());
    QCOMPARE(got.header("Punctual-Due-At"), QByteArray("2026-12-01T09:00:00.250Z"));
    QCOMPARE(got.header("Punctual-Attempt"), QByteArray("2"));
    for (const auto* name : {"Host", "Content-Type", "Idempotency-Key", "Punctual-Attempt"})
        QCOMPARE(std::count_if(got.headers.begin(), got.headers.end(),
                               [&](const Header& header) {
                                   return header.name.compare(name, Qt::CaseInsensitive) == 0;
                               }),
                 1);
    QVERIFY(!got.header("Host").contains("other"));
    QVERIFY(got.header("Expect").isEmpty());
}

void HttpDelivererTest::usesTheMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("hasBody");
    QTest::newRow("POST") << QByteArray("POST") << true;
    QTest::newRow("PUT") << QByteArray("PUT") << true;
    QTest::newRow("PATCH") << QByteArray("PATCH") << true;
    QTest::newRow("DELETE") << QByteArray("DELETE") << true;
    QTest::newRow("GET") << QByteArray("GET") << false;
}

void HttpDelivererTest::usesTheMethod()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, hasBody);
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.method = method;
    // Twice, and a POST between: handles are used again and must not keep anything.
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(deliverTo(destination).status, 200);
        QCOMPARE(receiver.requests().back().method, method);
        QCOMPARE(receiver.requests().back().body, hasBody ? QByteArray("{\"order\":7}") : QByteArray());
        QCOMPARE(deliverTo(destinationAt(receiver.url())).status, 200);
        QCOMPARE(receiver.requests().back().method, QByteArray("POST"));
    }
}

void HttpDelivererTest::keepsTheBeginningOfTheAnswer()
{
    Receiver receiver;
    receiver.replyAlways({.status = 503, .body = QByteArray(5000, 'x')});
    const auto exchange = deliverTo(destinationAt(receiver.url()));
    QCOMPARE(exchange.ending, Ending::Answered);
    QCOMPARE(exchange.status, 503);
    QCOMPARE(exchange.response, QByteArray(keptResponseBytes, 'x'));
}

void HttpDelivererTest::hidesCredentialsInTheAnswer()
{
    Receiver receiver;
    receiver.replyAlways({.body = "you sent Bearer top-secret, did you?"});
    auto destination = destinationAt(receiver.url());
    destination.headers = {{"Authorization", "Bearer top-secret"}};
    QCOMPARE(deliverTo(destination).response, QByteArray("you sent (hidden), did you?"));
}

void HttpDelivererTest::doesNotFollowRedirects()
{
    Receiver receiver;
    receiver.replyAlways({.status = 302, .headers = {{"Location", "/elsewhere"}}});
    QCOMPARE(deliverTo(destinationAt(receiver.url())).status, 302);
    QCOMPARE(receiver.count(), std::size_t(1));
}

void HttpDelivererTest::readsRetryAfter()
{
    Receiver receiver;
    receiver.replyNext({.status = 429, .headers = {{"Retry-After", "7"}}});
    QCOMPARE(deliverTo(destinationAt(receiver.url())).retryAfter, std::optional<Duration>(7s));
    QCOMPARE(deliverTo(destinationAt(receiver.url())).retryAfter, std::optional<Duration>());
    receiver.replyNext({.status = 429, .headers = {{"Retry-After", "99999999999999999"}}});
    QCOMPARE(deliverTo(destinationAt(receiver.url())).retryAfter, std::optional<Duration>(mostRetryAfter));
    // A date counts by the clock that was handed in, wherever this machine's may be.
    m_clock.set(at());
    receiver.replyNext({.status = 503, .headers = {{"Retry-After", "Tue, 01 Dec 2026 09:00:30 GMT"}}});
    QCOMPARE(deliverTo(destinationAt(receiver.url())).retryAfter, std::optional<Duration>(30s));
}

void HttpDelivererTest::refusedConnectionsWereNotSent()
{
    Receiver receiver;
    receiver.refuse();
    const auto exchange = deliverTo(destinationAt(receiver.url()));
    QCOMPARE(exchange.ending, Ending::NotSent);
    QVERIFY(!exchange.error.isEmpty());
    QCOMPARE(judge(exchange), Outcome::Failed);
}

void HttpDelivererTest::aResetAfterTheRequestIsNoAnswer()
{
    Receiver receiver;
    receiver.replyAlways({.manner = Reply::Manner::ResetAfterRequest});
    const auto exchange = deliverTo(destinationAt(receiver.url()));
    QCOMPARE(exchange.ending, Ending::NoAnswer);
    QCOMPARE(judge(exchange), Outcome::Unknown);
}

void HttpDelivererTest::aHangEndsAtTheDeadline()
{
    Receiver receiver;
    receiver.replyAlways({.manner = Reply::Manner::Hang});
    auto destination = destinationAt(receiver.url());
    destination.timeout = 200ms;
    QCOMPARE(deliverTo(destination).ending, Ending::NoAnswer);
    QCOMPARE(receiver.count(), std::size_t(1));
}

void HttpDelivererTest::aTrickleEndsAtTheDeadline()
{
    Receiver receiver;
    receiver.replyAlways({.body = "slow", .delay = 100ms, .manner = Reply::Manner::ByteByByte});
    auto destination = destinationAt(receiver.url());
    destination.timeout = 300ms;
    QCOMPARE(deliverTo(destination).ending, Ending::NoAnswer);
}

void HttpDelivererTest::privateAddressesAreRefused()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.allowPrivateAddresses = false;
    for (const auto& host : {QStringLiteral("127.0.0.1"), QStringLiteral("localhost")}) {
        destination.url = receiver.url().replace(QStringLiteral("127.0.0.1"), host);
        const auto exchange = deliverTo(destination);
        QCOMPARE(exchange.ending, Ending::NotAllowed);
        QCOMPARE(judge(exchange), Outcome::Refused);
    }
    QCOMPARE(receiver.count(), std::size_t(0));
}

void HttpDelivererTest::aReusedConnectionIsCheckedToo()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    QCOMPARE(deliverTo(destination).ending, Ending::Answered); // leaves an open connection
    destination.allowPrivateAddresses = false;
    QCOMPARE(deliverTo(destination).ending, Ending::NotAllowed);
    QCOMPARE(receiver.count(), std::size_t(1));
}

void HttpDelivererTest::aHugeAnswerStillCounts()
{
    Receiver receiver;
    receiver.replyAlways({.body = QByteArray(3 * 1024 * 1024, 'y')});
    const auto exchange = deliverTo(destinationAt(receiver.url()));
    QCOMPARE(exchange.ending, Ending::Answered);
    QCOMPARE(exchange.status, 200);
}

void HttpDelivererTest::reusesConnections()
{
    Receiver receiver;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(deliverTo(destinationAt(receiver.url())).status, 200);
    QCOMPARE(receiver.mostAtOnce(), std::size_t(1));
    QCOMPARE(receiver.count(), std::size_t(20));
}

void HttpDelivererTest::endsWithRequestsInFlight()
{
    Receiver receiver;
    receiver.replyAlways({.manner = Reply::Manner::Hang});
    int answers = 0;
    {
        delivery::HttpDeliverer http(m_clock);
        for (int i = 0; i < 5; ++i)
            http.deliver(requestTo(destinationAt(receiver.url())), [&](const Exchange&) { ++answers; });
        QVERIFY(receiver.waitFor(5));
        QCOMPARE(http.inFlight(), std::size_t(5));
    }
    QCOMPARE(answers, 0);
}

PUNCTUAL_TEST(HttpDelivererTest)
#include "http_deliverer_test.moc"
