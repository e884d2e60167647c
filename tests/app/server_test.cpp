// SPDX-License-Identifier: GPL-3.0-or-later
// punctuald as a process: how it starts, stops and comes back.
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QFile>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <sys/stat.h>

#include <csignal>

using namespace punctual::test;

class ServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesATokenForItsOwnerOnly();
    void writesTheRetentionForAllNodes();
    void stopsWhenIdle();
    void finishesRequestsBeforeItStops();
    void endsAtOnceOnASecondSignal();
    void finishesWhatAKilledOneBegan();
    void refusesToStart_data();
    void refusesToStart();
    void saysThatThePortIsTaken();
    void writesJsonLogs();
};

namespace
{

/// A third party that keeps its caller waiting until the test says so.
class HoldingReceiver
{
public:
    HoldingReceiver()
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
    }

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort());
    }

    [[nodiscard]] bool waitForRequest()
    {
        if (!m_server.hasPendingConnections() &&
            !QSignalSpy(&m_server, &QTcpServer::newConnection).wait(longestTry))
            return false;
        m_caller = m_server.nextPendingConnection();
        return m_caller->bytesAvailable() > 0 ||
               QSignalSpy(m_caller, &QTcpSocket::readyRead).wait(longestTry);
    }

    void answer() { m_caller->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); }

private:
    QTcpServer m_server;
    QTcpSocket* m_caller = nullptr; // belongs to the server
};

const QStringList scheduleNow{QStringLiteral("orders"), QStringLiteral("--in"), QStringLiteral("0s"),
                              QStringLiteral("--body"), QStringLiteral("1")};

void sendSignal(const Process& process, int number)
{
    ::kill(static_cast<pid_t>(process.processId()), number);
}

} // namespace

void ServerTest::writesATokenForItsOwnerOnly()
{
    Programs programs;
    const QString path = programs.dataDir() + QStringLiteral("/admin.token");
    auto server = programs.startServer();
    QVERIFY(server->output().contains(path.toUtf8()));
    struct stat status = {};
    QCOMPARE(::stat(path.toUtf8().constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, 0600U);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray token = file.readAll();
    QVERIFY(!token.trimmed().isEmpty());
    QVERIFY(!server->output().contains(token.trimmed()));
    QVERIFY(!server->errors().contains(token.trimmed()));

    QCOMPARE(server->terminate(), 0);
    server = programs.startServer(); // keeps it
    file.seek(0);
    QCOMPARE(file.readAll(), token);
}

void ServerTest::writesTheRetentionForAllNodes()
{
    Programs programs;
    const auto retention = [&] {
        return programs.database()
            .value(QStringLiteral("SELECT retention_days FROM punctual.settings"))
            .toInt();
    };
    const auto first = programs.startServer({QStringLiteral("--retention-days"), QStringLiteral("90")});
    QCOMPARE(retention(), 90);
    const auto second = programs.startServer(); // says nothing of it
    QCOMPARE(retention(), 90);
    QCOMPARE(second->terminate(), 0);
    QCOMPARE(first->terminate(), 0);
}

void ServerTest::stopsWhenIdle()
{
    Programs programs;
    const auto server = programs.startServer();
    QCOMPARE(server->terminate(), 0);
    QCOMPARE(programs.ctl({QStringLiteral("status"), QStringLiteral("--json")}).exitCode, 0);
}

void ServerTest::finishesRequestsBeforeItStops()
{
    Programs programs;
    HoldingReceiver receiver;
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const auto server = programs.startServer();
    const QString id = programs.schedule(scheduleNow);
    QVERIFY(receiver.waitForRequest());
    sendSignal(*server, SIGTERM);
    QVERIFY(server->waitForLine(QStringLiteral("stopping")));
    const QString later = programs.schedule(scheduleNow); // nobody claims it any more
    QVERIFY(server->isRunning());
    receiver.answer();
    QCOMPARE(server->waitForEnd(), 0);
    QCOMPARE(programs.state(id), QStringLiteral("delivered"));
    QCOMPARE(programs.state(later), QStringLiteral("scheduled"));
}

void ServerTest::endsAtOnceOnASecondSignal()
{
    Programs programs;
    HoldingReceiver receiver;
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const auto server = programs.startServer();
    (void)programs.schedule(scheduleNow);
    QVERIFY(receiver.waitForRequest());
    sendSignal(*server, SIGINT);
    QVERIFY(server->waitForLine(QStringLiteral("stopping")));
    QVERIFY(server->isRunning());
    QCOMPARE(server->terminate(), std::nullopt); // by the signal, not by an exit
    QVERIFY(!server->isRunning());
}

void ServerTest::finishesWhatAKilledOneBegan()
{
    Programs programs;
    Receiver receiver;
    Reply hang;
    hang.manner = Reply::Manner::Hang;
    receiver.replyNext(hang);
    programs.addDestination(QStringLiteral("orders"), receiver.url(),
                            {QStringLiteral("--timeout"), QStringLiteral("1s"),
                             QStringLiteral("--initial-delay"), QStringLiteral("0s")});
    auto server = programs.startServer();
    const QString id = programs.schedule(scheduleNow);
    QVERIFY(receiver.waitFor(1));
    server->kill();
    QCOMPARE(programs.state(id), QStringLiteral("delivering"));

    server = programs.startServer();
    QVERIFY(receiver.waitFor(2));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(id), QStringLiteral("delivered"), longestTry);
    const auto requests = receiver.requests();
    QCOMPARE(requests[0].header("Idempotency-Key"), requests[1].header("Idempotency-Key"));
    const auto shown = programs.ctl({QStringLiteral("show"), id, QStringLiteral("--json")}).json();
    const auto attempts = shown.value(u"attempt_list").toArray();
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0].toObject().value(u"outcome").toString(), QStringLiteral("unknown"));
    QCOMPARE(attempts[1].toObject().value(u"outcome").toString(), QStringLiteral("delivered"));
}

void ServerTest::refusesToStart_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("named");
    QTest::newRow("a wrong address") << "--listen nowhere" << 2 << "api.listen";
    QTest::newRow("an unknown flag") << "--fast" << 2 << "--fast";
    QTest::newRow("a file that is not there") << "--config /nowhere.toml" << 2 << "/nowhere.toml";
    QTest::newRow("a database that is away") << "--database host=127.0.0.1\u00a0port=1" << 5 << "";
}

void ServerTest::refusesToStart()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, named);
    QStringList given = arguments.split(u' ');
    for (auto& argument : given)
        argument.replace(QChar::Nbsp, u' ');
    const auto ending = runToEnd(QStringLiteral("punctuald"), given);
    QTEST(ending.exitCode.value_or(-1), "exitCode");
    QVERIFY2(ending.errors.contains(named.toUtf8()), ending.errors.constData());
    QCOMPARE(ending.output, QByteArray());
}

void ServerTest::saysThatThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Programs programs;
    const auto ending =
        runToEnd(QStringLiteral("punctuald"),
                 {QStringLiteral("--database"), programs.database().address().conninfo,
                  QStringLiteral("--data-dir"), programs.dataDir(), QStringLiteral("--listen"),
                  QStringLiteral("127.0.0.1:%1").arg(other.serverPort())});
    QCOMPARE(ending.exitCode, 1);
    QVERIFY2(ending.errors.contains(QByteArray::number(other.serverPort())), ending.errors.constData());
}

void ServerTest::writesJsonLogs()
{
    Programs programs;
    Process server(QStringLiteral("punctuald"),
                   {QStringLiteral("--database"), programs.database().address().conninfo,
                    QStringLiteral("--data-dir"), programs.dataDir(), QStringLiteral("--listen"),
                    QStringLiteral("127.0.0.1:0")},
                   {{QStringLiteral("PUNCTUAL_LOG_FORMAT"), QStringLiteral("json")}});
    QVERIFY(server.start());
    QVERIFY(server.waitForLine(QStringLiteral("listens on")));
    QCOMPARE(server.terminate(), 0);
    const auto lines = server.errors().trimmed().split('\n');
    for (const auto& line : lines)
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
    QVERIFY(server.errors().contains("stopping"));
}

PUNCTUAL_TEST(ServerTest)
#include "server_test.moc"
