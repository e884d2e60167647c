// SPDX-License-Identifier: GPL-3.0-or-later
// The self-test's own third party: what it takes, notes and refuses, whatever the pieces that it comes in.
#include "app/ctl/loopback_receiver.h"
#include "programs.h"
#include "support/test_main.h"

#include <QTcpSocket>
#include <QUrl>

using namespace punctual;
using namespace punctual::ctl;
using namespace punctual::test;

class LoopbackReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notesWhatArrives();
    void takesRequestsInAnyPieces_data();
    void takesRequestsInAnyPieces();
    void refuses_data();
    void refuses();
    void notesNoMoreThanItsBound();
    void stopsWithOpenConnections();

private:
    std::unique_ptr<LoopbackReceiver> listen(std::size_t mostArrivals = 10)
    {
        return std::move(*LoopbackReceiver::listen(mostArrivals));
    }
    static void connectTo(QTcpSocket& socket, const LoopbackReceiver& receiver)
    {
        const QUrl url(receiver.url());
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
    }
    static QByteArray answers(QTcpSocket& socket, qsizetype size)
    {
        QByteArray read;
        while (read.size() < size && socket.waitForReadyRead(longestTry))
            read += socket.readAll();
        return read;
    }
};

namespace
{

const MessageId someId(QStringLiteral("01900000-0000-7000-8000-000000000001"));
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

QByteArray request(qint64 due, const QByteArray& body = "hello")
{
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nPUNCTUAL-message-id: " +
           someId.toByteArray(QUuid::WithoutBraces) + "\r\nX-Due-At-Us:" + QByteArray::number(due) +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

void LoopbackReceiverTest::notesWhatArrives()
{
    const auto receiver = listen();
    QTcpSocket socket;
    connectTo(socket, *receiver);
    const auto before = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    socket.write(request(1'900'000'000'000'123));
    QCOMPARE(answers(socket, ok.size()), ok);
    const auto after = std::chrono::system_clock::now();
    QCOMPARE(receiver->count(), std::size_t(1));
    const auto arrivals = receiver->stop();
    QCOMPARE(arrivals.size(), std::size_t(1));
    QCOMPARE(arrivals[0].id, someId);
    QCOMPARE(toMicroseconds(arrivals[0].dueAt), 1'900'000'000'000'123);
    QVERIFY(before <= arrivals[0].at && arrivals[0].at <= after);
}

void LoopbackReceiverTest::takesRequestsInAnyPieces_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<int>("count");
    const auto one = request(1);
    QTest::newRow("one after the other") << QByteArrayList{one, one, one} << 3;
    QTest::newRow("two at once") << QByteArrayList{one + one} << 2;
    QTest::newRow("a header in two pieces") << QByteArrayList{one.first(30), one.sliced(30)} << 1;
    QTest::newRow("a header and its body") << QByteArrayList{one.chopped(5), one.last(5)} << 1;
    QTest::newRow("one and a half") << QByteArrayList{one + one.first(60), one.sliced(60)} << 2;
    QTest::newRow("no body") << QByteArrayList{request(1, {}), one} << 2;
    QTest::newRow("a body that is longer than the buffer")
        << QByteArrayList{request(1, QByteArray(100'000, 'x')), one} << 2;
}

void LoopbackReceiverTest::takesRequestsInAnyPieces()
{
    QFETCH(const QByteArrayList, pieces);
    QFETCH(const int, count);
    const auto receiver = listen();
    QTcpSocket socket;
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connectTo(socket, *receiver);
    for (const auto& piece : pieces) {
        socket.write(piece);
        QVERIFY(socket.waitForBytesWritten());
    }
    QCOMPARE(answers(socket, ok.size() * count), ok.repeated(count));
    const auto arrivals = receiver->stop();
    QCOMPARE(static_cast<int>(arrivals.size()), count);
    QVERIFY(std::all_of(arrivals.begin(), arrivals.end(),
                        [](const Arrival& arrival) { return arrival.id == someId; }));
}

void LoopbackReceiverTest::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("another method") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("a body of unknown length") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTest::newRow("a length that is no number")
        << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n");
    QTest::newRow("a header without a colon") << QByteArray("POST / HTTP/1.1\r\nnonsense\r\n\r\n");
    QTest::newRow("nothing but line ends") << QByteArray("\r\n\r\n");
    QTest::newRow("a header without an end")
        << QByteArray("POST / HTTP/1.1\r\nX: " + QByteArray(20'000, 'x'));
}

void LoopbackReceiverTest::refuses()
{
    QFETCH(const QByteArray, request);
    const auto receiver = listen();
    QTcpSocket socket;
    connectTo(socket, *receiver);
    socket.write(request);
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, longestTry);
    QVERIFY(!socket.readAll().startsWith("HTTP/1.1 200"));
    QCOMPARE(receiver->count(), std::size_t(0));
}

void LoopbackReceiverTest::notesNoMoreThanItsBound()
{
    const auto receiver = listen(2);
    QTcpSocket socket;
    connectTo(socket, *receiver);
    socket.write(request(1) + request(2) + request(3));
    QCOMPARE(answers(socket, ok.size() * 3), ok.repeated(3));
    QCOMPARE(receiver->count(), std::size_t(3));
    QCOMPARE(receiver->stop().size(), std::size_t(2));
}

void LoopbackReceiverTest::stopsWithOpenConnections()
{
    const auto receiver = listen();
    QTcpSocket socket;
    connectTo(socket, *receiver);
    socket.write(request(1));
    QCOMPARE(answers(socket, ok.size()), ok);
    QCOMPARE(receiver->stop().size(), std::size_t(1));
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, longestTry);
    QVERIFY(receiver->stop().empty()); // harmless to repeat
}

PUNCTUAL_TEST(LoopbackReceiverTest)
#include "loopback_receiver_test.moc"
