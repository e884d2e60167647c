// SPDX-License-Identifier: GPL-3.0-or-later
// The third party for tests does what it is told.
#include "support/await.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QSignalSpy>
#include <QTcpSocket>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

namespace
{

constexpr auto patienceMs = static_cast<int>(std::chrono::milliseconds(patience).count());

QByteArray post(const QByteArray& body)
{
    return "POST /hook?a=1 HTTP/1.1\r\nHost: x\r\nX-Campaign: xmas \r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class ReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notesEverythingOfARequest();
    void keepsPipelinedRequestsInOrder();
    void putsARequestTogetherFromPieces();
    void answersAsScripted();
    void waitsBeforeItAnswers();
    void answersByteByByte();
    void resetsConnections_data();
    void resetsConnections();
    void hangs();
    void refusesAndListensAgain();

private:
    static void connectTo(const Receiver& receiver, QTcpSocket& socket);
    static bool readUntil(QTcpSocket& socket, QByteArray& answer, const QByteArray& end);
};

void ReceiverTest::connectTo(const Receiver& receiver, QTcpSocket& socket)
{
    socket.connectToHost(QHostAddress::LocalHost, receiver.port());
    QVERIFY(socket.waitForConnected());
}

bool ReceiverTest::readUntil(QTcpSocket& socket, QByteArray& answer, const QByteArray& end)
{
    do
        answer += socket.readAll();
    while (!answer.endsWith(end) && socket.waitForReadyRead(patienceMs));
    return answer.endsWith(end);
}

void ReceiverTest::notesEverythingOfARequest()
{
    Receiver receiver;
    QTcpSocket socket;
    connectTo(receiver, socket);
    const auto before = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    socket.write(post(QByteArray("a\0b", 3)));
    socket.flush();
    QVERIFY(receiver.waitFor(1));
    const auto request = receiver.requests().front();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/hook?a=1"));
    QCOMPARE(request.header("x-CAMPAIGN"), QByteArray("xmas"));
    QCOMPARE(request.header("absent"), QByteArray());
    QCOMPARE(request.body, QByteArray("a\0b", 3));
    QVERIFY(request.arrivedAt >= before);
}

void ReceiverTest::keepsPipelinedRequestsInOrder()
{
    Receiver receiver;
    receiver.replyNext({.body = "first", .delay = 5ms});
    receiver.replyNext({.body = "second"});
    QTcpSocket socket;
    connectTo(receiver, socket);
    socket.write(post("1") + post("2"));
    QByteArray answer;
    QVERIFY(readUntil(socket, answer, "second"));
    QVERIFY(answer.indexOf("first") < answer.indexOf("second"));
    QCOMPARE(receiver.count(), 2U);
    QCOMPARE(receiver.requests()[1].body, QByteArray("2"));
    QCOMPARE(receiver.mostAtOnce(), 1U);
}

void ReceiverTest::putsARequestTogetherFromPieces()
{
    Receiver receiver;
    QTcpSocket socket;
    connectTo(receiver, socket);
    for (const char c : post("slow"))
        QVERIFY(socket.putChar(c) && socket.flush());
    QVERIFY(receiver.waitFor(1));
    QCOMPARE(receiver.requests().front().body, QByteArray("slow"));
}

void ReceiverTest::answersAsScripted()
{
    Receiver receiver;
    receiver.replyAlways({.status = 204});
    receiver.replyNext({.status = 503, .body = "busy", .headers = {{"Retry-After", "7"}}});
    QTcpSocket socket;
    connectTo(receiver, socket);
    QByteArray answer;
    socket.write(post("x"));
    QVERIFY(readUntil(socket, answer, "busy"));
    QVERIFY(answer.startsWith("HTTP/1.1 503 "));
    QVERIFY(answer.contains("\r\nRetry-After: 7\r\n"));
    answer.clear();
    socket.write(post("x"));
    QVERIFY(readUntil(socket, answer, "\r\n\r\n"));
    QVERIFY(answer.startsWith("HTTP/1.1 204 "));
}

void ReceiverTest::waitsBeforeItAnswers()
{
    Receiver receiver;
    receiver.replyAlways({.body = "late", .delay = 30ms});
    QTcpSocket socket;
    connectTo(receiver, socket);
    const auto begin = std::chrono::steady_clock::now();
    socket.write(post("x"));
    QByteArray answer;
    QVERIFY(readUntil(socket, answer, "late"));
    QVERIFY(std::chrono::steady_clock::now() - begin >= 30ms);
}

void ReceiverTest::answersByteByByte()
{
    Receiver receiver;
    receiver.replyAlways({.body = "drip", .delay = 1ms, .manner = Reply::Manner::ByteByByte});
    QTcpSocket socket;
    connectTo(receiver, socket);
    socket.write(post("x"));
    QByteArray answer;
    QVERIFY(readUntil(socket, answer, "drip"));
    QVERIFY(answer.startsWith("HTTP/1.1 200 "));
}

void ReceiverTest::resetsConnections_data()
{
    QTest::addColumn<Reply::Manner>("manner");
    QTest::addColumn<std::size_t>("noted");
    QTest::newRow("at once: nothing is noted") << Reply::Manner::ResetAtOnce << std::size_t(0);
    QTest::newRow("after the request: it is noted") << Reply::Manner::ResetAfterRequest << std::size_t(1);
}

void ReceiverTest::resetsConnections()
{
    QFETCH(Reply::Manner, manner);
    Receiver receiver;
    receiver.replyNext({.manner = manner});
    QTcpSocket socket;
    connectTo(receiver, socket);
    QSignalSpy ended(&socket, &QTcpSocket::disconnected);
    socket.write(post("x"));
    QVERIFY(ended.wait(patienceMs));
    QTEST(receiver.count(), "noted");
    QVERIFY(socket.readAll().isEmpty());

    QTcpSocket next;
    connectTo(receiver, next);
    next.write(post("y"));
    QByteArray answer;
    QVERIFY(readUntil(next, answer, "\r\n\r\n"));
}

void ReceiverTest::hangs()
{
    Receiver receiver;
    receiver.replyNext({.manner = Reply::Manner::Hang});
    QTcpSocket hung;
    connectTo(receiver, hung);
    hung.write(post("x"));
    QVERIFY(receiver.waitFor(1));
    QTcpSocket other;
    connectTo(receiver, other);
    other.write(post("y"));
    QByteArray answer;
    QVERIFY(readUntil(other, answer, "\r\n\r\n"));
    QCOMPARE(hung.bytesAvailable(), 0);
    QCOMPARE(receiver.mostAtOnce(), 2U);
}

void ReceiverTest::refusesAndListensAgain()
{
    Receiver receiver;
    QTcpSocket socket;
    connectTo(receiver, socket);
    QSignalSpy ended(&socket, &QTcpSocket::disconnected);
    receiver.refuse();
    QVERIFY(ended.count() > 0 || ended.wait(patienceMs));

    QTcpSocket refused;
    refused.connectToHost(QHostAddress::LocalHost, receiver.port());
    QVERIFY(!refused.waitForConnected(patienceMs));
    QCOMPARE(refused.error(), QAbstractSocket::ConnectionRefusedError);

    const auto port = receiver.port();
    receiver.listen();
    QCOMPARE(receiver.port(), port);
    QTcpSocket again;
    connectTo(receiver, again);
}

PUNCTUAL_TEST(ReceiverTest)

#include "receiver_test.moc"
