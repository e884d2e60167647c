// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/server.h"

#include "api/http_server.h"
#include "api/service.h"

#include <QFile>
#include <QThread>

namespace punctual::api
{

namespace
{

constexpr int databaseConnections = 4;

/// What lives in the server's thread, in the order in which each needs the one before it.
struct Rig
{
    Rig(const DatabaseAddress& database, const ServerOptions& options)
        : client(database, databaseConnections)
        , administration(database)
        , service(client, administration, options)
        , http(service, options.http)
    {
    }

    client::Client client;
    client::Administration administration;
    Service service;
    HttpServer http;
};

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    return failure(ErrorCode::Unsupported,
                   QStringLiteral("The TLS file %1 cannot be read: %2.").arg(path, file.errorString()));
}

Result<TlsIdentity> readTls(const ServerOptions& options)
{
    if (options.tlsCertificateFile.isEmpty() && options.tlsKeyFile.isEmpty())
        return TlsIdentity{};
    if (options.tlsCertificateFile.isEmpty() || options.tlsKeyFile.isEmpty())
        return failure(ErrorCode::Unsupported, QStringLiteral("TLS needs both a certificate and a key."));
    const auto certificate = readFile(options.tlsCertificateFile);
    const auto key = readFile(options.tlsKeyFile);
    if (!certificate || !key)
        return tl::unexpected(certificate ? key.error() : certificate.error());
    return TlsIdentity{*certificate, *key};
}

} // namespace

class Server::Private
{
public:
    Private(DatabaseAddress address, ServerOptions given)
        : database(std::move(address))
        , options(std::move(given))
    {
        thread.setObjectName(QStringLiteral("api"));
        inThread.moveToThread(&thread);
        QObject::connect(
            &thread, &QThread::finished, &inThread, [this] { rig.reset(); }, Qt::DirectConnection);
    }

    /// Returns when the thread's objects are deleted and it is over.
    void end()
    {
        thread.quit();
        thread.wait();
    }

    DatabaseAddress database;
    ServerOptions options;
    quint16 port = 0;
    QThread thread;
    QObject inThread;         // what is invoked on it runs in the thread
    std::unique_ptr<Rig> rig; // made and deleted there
};

Server::Server(const DatabaseAddress& database, ServerOptions options)
    : m_private(std::make_unique<Private>(database, std::move(options)))
{
}

Server::~Server()
{
    stop();
}

Result<void> Server::start()
{
    const auto tls = readTls(m_private->options);
    if (!tls)
        return tl::unexpected(tls.error());
    const auto socket = listenOn(m_private->options.address, m_private->options.port);
    if (!socket)
        return tl::unexpected(socket.error());
    m_private->thread.start();
    Result<void> started;
    QMetaObject::invokeMethod(
        &m_private->inThread,
        [&] {
            m_private->rig = std::make_unique<Rig>(m_private->database, m_private->options);
            started = m_private->rig->http.start(*socket, *tls);
        },
        Qt::BlockingQueuedConnection);
    if (started)
        m_private->port = socket->port;
    else
        m_private->end();
    return started;
}

void Server::stop(Duration patience)
{
    if (!m_private->thread.isRunning())
        return;
    QMetaObject::invokeMethod(
        &m_private->inThread,
        [this, patience] {
            // Direct: the thread's object lives here, and here somebody waits.
            QObject::connect(&m_private->rig->http, &HttpServer::drained, &m_private->thread, &QThread::quit,
                             Qt::DirectConnection);
            m_private->rig->http.drain(patience);
        },
        Qt::QueuedConnection);
    m_private->thread.wait();
}

quint16 Server::port() const
{
    return m_private->port;
}

} // namespace punctual::api
