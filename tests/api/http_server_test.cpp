// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP server by itself: bodies, refusals, callers that leave, trickle or never end.
#include "api/http_server.h"
#include "api/problem.h"
#include "raw_caller.h"
#include "support/test_main.h"

#include <QPointer>
#include <QSignalSpy>

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;
using punctual::test::RawCaller;

namespace
{

constexpr qint64 bodyLimit = 1000;
constexpr qsizetype largeAnswer = 64 * 1024 * 1024; // more than the buffers of any socket

/// Answers with the request's body. "/later" is admitted later, "/refused" never; "/hang" waits for the
/// test to answer.
class EchoHandler : public RequestHandler
{
public:
    void admit(const Request& head, QObject* context, std::function<void(Admitted)> admitted) override
    {
        Admission admission;
        admission.bodyLimit = bodyLimit;
        if (head.path == u"/refused")
            admitted(tl::unexpected(problem(problem_kind::unauthenticated, QStringLiteral("No."))));
        else if (head.path == u"/later")
            QTimer::singleShot(0, context,
                               [admission, admitted = std::move(admitted)] { admitted(admission); });
        else
            admitted(admission);
    }

    void handle(const Admission&, Request request, QObject* context, Respond respond) override
    {
        if (request.path == u"/large") {
            respond({200, QByteArray(largeAnswer, 'x'), {}});
        } else if (request.path == u"/hang") {
            waiting = std::move(respond);
            waitingContext = context;
        } else {
            respond({200, request.body, QByteArrayLiteral("text/plain")});
        }
    }

    Respond waiting;
    QPointer<QObject> waitingContext;
};

QByteArray post(const QByteArray& path, const QByteArray& body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

const QByteArray get = QByteArrayLiteral("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
const QByteArray hang = QByteArrayLiteral("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n");
const QByteArray chunkedHead =
    QByteArrayLiteral("POST /now HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");

} // namespace

class HttpServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOneAfterTheOtherOnAConnection();
    void admitsLater();
    void refusesASmallBodyAfterReadingIt();
    void refusesALargeBodyBeforeItComes();
    void refusesBeforeASenderContinues();
    void refusesAChunkedBodyOverTheLimit();
    void cutsOffAnEndlessBody();
    void outlivesACallerThatLeaves_data();
    void outlivesACallerThatLeaves();
    void cutsOffSlowCallers_data();
    void cutsOffSlowCallers();
    void cutsOffWhoDoesNotTakeItsAnswer();
    void outlivesNonsense_data();
    void outlivesNonsense();
    void limitsConnections();
    void doesNotCutOffThoseWhoWait();
    void refusesWhatIsNotHttp_data();
    void refusesWhatIsNotHttp();
    void limitsConnectionsPerAddress();
    void drainsWhatIsUnderWay();
    void abandonsWhatTakesTooLong();
    void endsWithCallsUnderWay();

private:
    struct Running
    {
        explicit Running(const HttpLimits& limits = {})
            : server(handler, limits)
        {
            const auto socket = listenOn(QHostAddress(QHostAddress::LocalHost), 0);
            if (!socket || !server.start(*socket, {}))
                qFatal("The server does not start.");
            port = socket->port;
        }

        EchoHandler handler;
        HttpServer server;
        quint16 port = 0;
    };
};

void HttpServerTest::answersOneAfterTheOtherOnAConnection()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send(post("/now", "one") + post("/now", "two"));
    const auto first = caller.answer();
    QVERIFY2(first.startsWith("HTTP/1.1 200") && first.endsWith("\r\n\r\none"), first.constData());
    QVERIFY(first.contains("X-Content-Type-Options: nosniff\r\n"));
    QVERIFY(first.contains("Cache-Control: no-store\r\n"));
    QVERIFY(caller.answer().endsWith("\r\n\r\ntwo"));
    caller.send(chunkedHead + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    QVERIFY(caller.answer().endsWith("\r\n\r\nabcde"));
}

void HttpServerTest::admitsLater()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send(post("/later", "body"));
    QVERIFY(caller.answer().endsWith("\r\n\r\nbody"));
    caller.send(post("/later", ""));
    QCOMPARE(caller.status(), 200);
}

void HttpServerTest::refusesASmallBodyAfterReadingIt()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send(post("/refused", QByteArray(100'000, 'x')));
    QCOMPARE(caller.status(), 401);
    caller.send(post("/now", QByteArray(bodyLimit + 1, 'x')));
    QCOMPARE(caller.status(), 413);
    caller.send(post("/now", QByteArray(bodyLimit, 'x')));
    QCOMPARE(caller.status(), 200);
}

void HttpServerTest::refusesALargeBodyBeforeItComes()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000000\r\n\r\n");
    QCOMPARE(caller.status(), 413);
    QVERIFY(caller.isCutOff());
}

void HttpServerTest::refusesBeforeASenderContinues()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send("POST /refused HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    QCOMPARE(caller.status(), 401);
}

void HttpServerTest::refusesAChunkedBodyOverTheLimit()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send(chunkedHead + "800\r\n" + QByteArray(0x800, 'x') + "\r\n0\r\n\r\n");
    QCOMPARE(caller.status(), 413);
}

void HttpServerTest::cutsOffAnEndlessBody()
{
    const Running running;
    RawCaller caller(running.port);
    caller.send(chunkedHead);
    for (int megabytes = 0; megabytes < 10; ++megabytes)
        caller.send("100000\r\n" + QByteArray(0x100000, 'x') + "\r\n");
    QVERIFY(caller.isCutOff());
}

void HttpServerTest::outlivesACallerThatLeaves_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("in its head") << QByteArray("GET /ha");
    QTest::newRow("in its body") << QByteArray(
        "POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    QTest::newRow("before it is admitted") << post("/later", "abc");
}

void HttpServerTest::outlivesACallerThatLeaves()
{
    QFETCH(QByteArray, sent);
    const Running running;
    RawCaller leaver(running.port);
    leaver.send(sent);
    RawCaller stayer(running.port);
    stayer.send(get);
    QCOMPARE(stayer.status(), 200);
    leaver.leave();
    stayer.send(get);
    QCOMPARE(stayer.status(), 200);
}

void HttpServerTest::cutsOffSlowCallers_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("silent from the start") << QByteArray();
    QTest::newRow("trickling in its head") << QByteArray("GET /now HTTP/1.1\r\nHost: x\r\nX-Long: ");
    QTest::newRow("trickling in its body")
        << QByteArray("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
}

void HttpServerTest::cutsOffSlowCallers()
{
    QFETCH(QByteArray, sent);
    HttpLimits limits;
    limits.patience = 150ms;
    const Running running(limits);
    RawCaller caller(running.port);
    caller.send(sent);
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, &caller, [&] { caller.send("x"); });
    if (!sent.isEmpty())
        trickle.start(10ms);
    QVERIFY(caller.isCutOff());
}

void HttpServerTest::cutsOffWhoDoesNotTakeItsAnswer()
{
    HttpLimits limits;
    limits.patience = 150ms;
    const Running running(limits);
    QTcpSocket sleeper;
    sleeper.setReadBufferSize(1);
    sleeper.connectToHost(QStringLiteral("127.0.0.1"), running.port);
    sleeper.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(sleeper.bytesAvailable() > 0, 30'000);
    RawCaller silent(running.port);
    QVERIFY(silent.isCutOff()); // so the patience with the sleeper is over, too
    qsizetype received = 0;
    sleeper.setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT(
        (received += sleeper.readAll().size(), sleeper.state() == QTcpSocket::UnconnectedState), 30'000);
    QVERIFY(received < largeAnswer);
}

void HttpServerTest::outlivesNonsense_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("a handshake of TLS")
        << QByteArray::fromHex("16030100c8010000c40303") + QByteArray(200, '\x07');
    QTest::newRow("zeros") << QByteArray(5000, '\0');
    QTest::newRow("a chunk whose size is no number") << chunkedHead + "many\r\nabc\r\n";
    QTest::newRow("a chunk without an end") << chunkedHead + "ffffffffffffffffff\r\nabc";
    QTest::newRow("a length beyond all numbers")
        << QByteArray("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n");
    QTest::newRow("a thousand headers without a name")
        << "GET /now HTTP/1.1\r\n" + QByteArray(": x\r\n").repeated(1000);
}

/// Whoever sends it is refused or cut off; who comes beside him is answered.
void HttpServerTest::outlivesNonsense()
{
    QFETCH(const QByteArray, sent);
    HttpLimits limits;
    limits.patience = 500ms;
    const Running running(limits);
    RawCaller caller(running.port);
    caller.send(sent);
    RawCaller other(running.port);
    other.send(get);
    QCOMPARE(other.status(), 200);
    const int status = caller.status();
    QVERIFY2(status == 0 || status >= 400, qPrintable(QString::number(status)));
    QVERIFY(caller.isCutOff());
}

void HttpServerTest::limitsConnections()
{
    HttpLimits limits;
    limits.connections = 4;
    const Running running(limits);
    std::vector<std::unique_ptr<RawCaller>> callers;
    while (callers.size() < limits.connections) {
        callers.push_back(std::make_unique<RawCaller>(running.port));
        callers.back()->send(get);
        QCOMPARE(callers.back()->status(), 200);
    }
    RawCaller late(running.port);
    late.send(get);
    callers.front()->leave(); // makes room
    QCOMPARE(late.status(), 200);
    callers.back()->send(get);
    QCOMPARE(callers.back()->status(), 200);
}

void HttpServerTest::doesNotCutOffThoseWhoWait()
{
    HttpLimits limits;
    limits.patience = 150ms;
    Running running(limits);
    RawCaller waiter(running.port);
    waiter.send(hang);
    QTRY_VERIFY_WITH_TIMEOUT(running.handler.waiting, 30'000);
    RawCaller silent(running.port);
    QVERIFY(silent.isCutOff()); // so the patience with the waiter would be over, too
    running.handler.waiting({200, QByteArrayLiteral("at last"), {}});
    QVERIFY(waiter.answer().endsWith("at last"));
}

void HttpServerTest::refusesWhatIsNotHttp_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status"); // 0: any 4xx
    QTest::newRow("no host") << QByteArray("GET /now HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("a length that is no number")
        << QByteArray("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n") << 400;
    QTest::newRow("a head that is too large")
        << "GET /now HTTP/1.1\r\nHost: x\r\nX-Long: " + QByteArray(100'000, 'x') + "\r\n\r\n"
        << 431;
    QTest::newRow("a path that is too long") << "GET /" + QByteArray(100'000, 'x') + " HTTP/1.1\r\n\r\n"
                                             << 414;
}

void HttpServerTest::refusesWhatIsNotHttp()
{
    QFETCH(QByteArray, sent);
    const Running running;
    RawCaller caller(running.port);
    caller.send(sent);
    QTEST(caller.status(), "status");
}

void HttpServerTest::limitsConnectionsPerAddress()
{
    HttpLimits limits;
    limits.connectionsPerAddress = 1;
    const Running running(limits);
    RawCaller first(running.port);
    first.send(get);
    QCOMPARE(first.status(), 200);
    RawCaller second(running.port);
    QVERIFY(second.isCutOff());
    first.send(get);
    QCOMPARE(first.status(), 200);
}

void HttpServerTest::drainsWhatIsUnderWay()
{
    Running running;
    RawCaller caller(running.port);
    caller.send(hang);
    QTRY_VERIFY_WITH_TIMEOUT(running.handler.waiting, 30'000);
    QSignalSpy drained(&running.server, &HttpServer::drained);
    running.server.drain(1h);
    RawCaller late(running.port);
    QVERIFY(late.isCutOff());
    QCOMPARE(drained.count(), 0);
    running.handler.waiting({200, QByteArrayLiteral("done"), {}});
    QVERIFY(caller.answer().endsWith("done"));
    QTRY_COMPARE_WITH_TIMEOUT(drained.count(), 1, 30'000);
}

void HttpServerTest::abandonsWhatTakesTooLong()
{
    Running running;
    RawCaller caller(running.port);
    caller.send(hang);
    QTRY_VERIFY_WITH_TIMEOUT(running.handler.waiting, 30'000);
    QSignalSpy drained(&running.server, &HttpServer::drained);
    running.server.drain(0s);
    QCOMPARE(caller.status(), 503);
    QTRY_VERIFY_WITH_TIMEOUT(!drained.isEmpty(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(!running.handler.waitingContext, 30'000);
}

void HttpServerTest::endsWithCallsUnderWay()
{
    EchoHandler handler;
    auto server = std::make_unique<HttpServer>(handler, HttpLimits());
    const auto socket = listenOn(QHostAddress(QHostAddress::LocalHost), 0);
    QVERIFY(socket && server->start(*socket, {}));
    RawCaller waiter(socket->port);
    waiter.send(hang);
    RawCaller sender(socket->port);
    sender.send(chunkedHead);
    QTRY_VERIFY_WITH_TIMEOUT(handler.waiting, 30'000);
    server.reset();
    QVERIFY(!handler.waitingContext);
    QVERIFY(waiter.isCutOff());
    QVERIFY(sender.isCutOff());
}

PUNCTUAL_TEST(HttpServerTest)
#include "http_server_test.moc"
