// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/server.h"

#include "api/event_hub.h"
#include "api/http_server.h"
#include "api/service.h"

#include <QFile>
#include <QThread>

#include <unistd.h>

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
        , events(database, options.http.heartbeat)
        , service(client, administration, events, options)
        , limits(options.http)
    {
    }

    /// Takes the sockets over, whether it succeeds or not.
    Result<void> start(const std::vector<ListeningSocket>& sockets, const TlsIdentity& tls)
    {
        Result<void> all;
        for (const auto& socket : sockets) {
            https.push_back(std::make_unique<HttpServer>(service, limits));
            auto started = https.back()->start(socket, socket.port > 0 ? tls : TlsIdentity{});
            if (!started)
                all = std::move(started);
        }
        return all;
    }

    /// Calls `drained` when each of them is.
    void drain(Duration patience, const std::function<void()>& drained)
    {
        if (https.empty())
            return drained();
        const auto left = std::make_shared<std::size_t>(https.size());
        for (const auto& http : https) {
            QObject::connect(http.get(), &HttpServer::drained, http.get(), [left, drained] {
                if (--*left == 0)
                    drained();
            });
            http->drain(patience);
        }
    }

    client::Client client;
    client::Administration administration;
    EventHub events;
    Service service;
    HttpLimits limits;
    std::vector<std::unique_ptr<HttpServer>> https; // one a socket
};

void closeAll(const std::vector<ListeningSocket>& sockets)
{
    for (const auto& socket : sockets)
        ::close(socket.descriptor);
}

/// All of them or none.
Result<std::vector<ListeningSocket>> openSockets(const ServerOptions& options)
{
    std::vector<ListeningSocket> sockets;
    const auto add = [&sockets](const Result<ListeningSocket>& socket) -> Result<void> {
        if (!socket)
            return tl::unexpected(socket.error());
        sockets.push_back(*socket);
        return {};
    };
    Result<void> opened = options.onNetwork ? add(listenOn(options.address, options.port)) : Result<void>();
    for (qsizetype i = 0; opened && i < options.socketFiles.size(); ++i)
        opened = add(listenOnFile(options.socketFiles[i]));
    if (opened)
        return sockets;
    closeAll(sockets);
    return tl::unexpected(opened.error());
}

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
    const auto sockets = openSockets(m_private->options);
    if (!sockets)
        return tl::unexpected(sockets.error());
    m_private->thread.start();
    Result<void> started;
    QMetaObject::invokeMethod(
        &m_private->inThread,
        [&] {
            m_private->rig = std::make_unique<Rig>(m_private->database, m_private->options);
            started = m_private->rig->start(*sockets, *tls);
        },
        Qt::BlockingQueuedConnection);
    if (started && m_private->options.onNetwork)
        m_private->port = sockets->front().port;
    else if (started)
        m_private->port = 0;
    else
        m_private->end();
    return started;
}

void Server::stop(Duration patience)
{
    if (!m_private->thread.isRunning())
        return;
    // While they are still listened on, so that a server that starts now cannot have made its own in their
    // place.
    for (const auto& file : std::as_const(m_private->options.socketFiles))
        QFile::remove(file);
    QMetaObject::invokeMethod(
        &m_private->inThread,
        [this, patience] { m_private->rig->drain(patience, [this] { m_private->thread.quit(); }); },
        Qt::QueuedConnection);
    m_private->thread.wait();
}

quint16 Server::port() const
{
    return m_private->port;
}

} // namespace punctual::api
