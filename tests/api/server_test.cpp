// SPDX-License-Identifier: GPL-3.0-or-later
// Starting and stopping the server; TLS.
#include "api/listening_socket.h"
#include "api/server.h"
#include "api_fixture.h"
#include "support/await.h"
#include "support/test_main.h"

#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>

#include <unistd.h>

using namespace punctual;
using punctual::test::ApiFixture;

namespace
{

const DatabaseAddress noDatabase{QStringLiteral("host=/nonexistent dbname=none")};

api::ServerOptions onFreePort()
{
    api::ServerOptions options;
    options.port = 0;
    return options;
}

QString dataFile(const char* name)
{
    return QStringLiteral(PUNCTUAL_API_TEST_DATA "/") + QString::fromLatin1(name);
}

/// On sockets alone.
api::ServerOptions onSockets(const QStringList& files)
{
    api::ServerOptions options;
    options.onNetwork = false;
    options.socketFiles = files;
    return options;
}

/// Whether the server behind this socket answers.
bool answersOn(const QString& file)
{
    QLocalSocket socket;
    socket.connectToServer(file);
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QByteArray received;
    while (!received.endsWith("{\"status\":\"ok\"}") && socket.waitForReadyRead())
        received += socket.readAll();
    return received.startsWith("HTTP/1.1 200");
}

} // namespace

class ServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyItCannotListen();
    void saysWhatIsWrongWithTls_data();
    void saysWhatIsWrongWithTls();
    void servesTls();
    void listensOnBothFamilies();
    void stopsAndFreesItsPort();
    void listensOnSockets();
    void replacesASocketThatWasLeftBehind();
    void takesNothingAwayFromOthers_data();
    void takesNothingAwayFromOthers();
};

void ServerTest::saysWhyItCannotListen()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    auto options = onFreePort();
    options.port = other.serverPort();
    const auto started = api::Server(noDatabase, options).start();
    QVERIFY(!started);
    QVERIFY2(started.error().detail.contains(QString::number(other.serverPort())),
             qPrintable(started.error().detail));
}

void ServerTest::saysWhatIsWrongWithTls_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::newRow("no key") << dataFile("certificate.pem") << QString();
    QTest::newRow("a file that is missing") << dataFile("certificate.pem") << dataFile("nothing.pem");
    QTest::newRow("a file that is no key") << dataFile("certificate.pem") << dataFile("certificate.pem");
}

void ServerTest::saysWhatIsWrongWithTls()
{
    auto options = onFreePort();
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    options.tlsCertificateFile = certificate;
    options.tlsKeyFile = key;
    const auto started = api::Server(noDatabase, options).start();
    QVERIFY(!started);
    QVERIFY2(started.error().detail.contains(QStringLiteral("TLS")), qPrintable(started.error().detail));
}

void ServerTest::servesTls()
{
    auto options = onFreePort();
    options.tlsCertificateFile = dataFile("certificate.pem");
    options.tlsKeyFile = dataFile("key.pem");
    api::Server server(noDatabase, options);
    QVERIFY(server.start());
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
    QTRY_VERIFY_WITH_TIMEOUT(socket.isEncrypted(), 30'000);
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    QByteArray received;
    connect(&socket, &QSslSocket::readyRead, this, [&] { received += socket.readAll(); });
    QTRY_VERIFY_WITH_TIMEOUT(received.endsWith("{\"status\":\"ok\"}"), 30'000);
}

void ServerTest::listensOnBothFamilies()
{
    auto options = onFreePort();
    options.address = QHostAddress(QHostAddress::Any);
    api::Server server(noDatabase, options);
    QVERIFY(server.start());
    QNetworkAccessManager network;
    for (const auto* host : {"127.0.0.1", "[::1]"}) {
        QUrl url(QStringLiteral("http://%1:%2/healthz").arg(QString::fromLatin1(host)).arg(server.port()));
        const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(url)));
        QCOMPARE(ApiFixture::finish(*reply).status, 200);
    }
}

void ServerTest::stopsAndFreesItsPort()
{
    api::Server server(noDatabase, onFreePort());
    QCOMPARE(server.port(), quint16(0));
    QVERIFY(server.start());
    server.stop();
    QTcpServer next;
    QVERIFY2(next.listen(QHostAddress::LocalHost, server.port()), qPrintable(next.errorString()));
    server.stop();
}

void ServerTest::listensOnSockets()
{
    const QTemporaryDir directory;
    const QStringList files{directory.filePath(QStringLiteral("a.sock")),
                            directory.filePath(QStringLiteral("b.sock"))};
    auto options = onSockets(files);
    options.onNetwork = true;
    options.port = 0;
    options.tlsCertificateFile = dataFile("certificate.pem"); // which is for the network
    options.tlsKeyFile = dataFile("key.pem");
    api::Server server(noDatabase, options);
    QVERIFY(server.start());
    QVERIFY(server.port() > 0);
    for (const auto& file : files) {
        QVERIFY(answersOn(file));
        const auto forAll = QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOwner;
        QVERIFY(!(QFileInfo(file).permissions() & forAll));
        QVERIFY(QFileInfo(file).permissions() & QFileDevice::WriteGroup);
    }
    server.stop();
    for (const auto& file : files)
        QVERIFY(!QFileInfo::exists(file));
}

void ServerTest::replacesASocketThatWasLeftBehind()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(QStringLiteral("api.sock"));
    const auto left = api::listenOnFile(file);
    QVERIFY(left);
    ::close(left->descriptor); // without taking its file away, as when it is killed
    QVERIFY(QFileInfo::exists(file));
    api::Server server(noDatabase, onSockets({file}));
    QVERIFY(server.start());
    QCOMPARE(server.port(), quint16(0));
    QVERIFY(answersOn(file));
}

void ServerTest::takesNothingAwayFromOthers_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("a socket that a server listens on") << "server";
    QTest::newRow("a file") << "file";
    QTest::newRow("a directory that is not there") << "directory";
    QTest::newRow("a path that is too long") << "long";
}

void ServerTest::takesNothingAwayFromOthers()
{
    QFETCH(const QString, what);
    const QTemporaryDir directory;
    QString path = directory.filePath(QStringLiteral("api.sock"));
    api::Server other(noDatabase, onSockets({path}));
    if (what == u"server") {
        QVERIFY(other.start());
    } else if (what == u"file") {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    } else if (what == u"directory") {
        path = directory.filePath(QStringLiteral("missing/api.sock"));
    } else {
        path = directory.filePath(QString(200, u'x'));
    }
    const auto started = api::Server(noDatabase, onSockets({path})).start();
    QVERIFY(!started);
    QVERIFY2(started.error().detail.contains(path), qPrintable(started.error().detail));
    if (what == u"server")
        QVERIFY(answersOn(path));
    else if (what == u"file")
        QVERIFY(QFileInfo(path).isFile());
}

PUNCTUAL_TEST(ServerTest)
#include "server_test.moc"
