// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP/1.1 server in a Qt event loop: libmicrohttpd without a thread of its own. Its epoll descriptor
// is watched by one notifier, and one timer is armed when it has more to do.
//
// Lives in one thread, with its handler.
#pragma once

#include "api/connection_deadlines.h"
#include "api/http_exchange.h"
#include "api/listening_socket.h"
#include "api/server.h"
#include "core/result.h"

#include <QSocketNotifier>

#include <memory>
#include <unordered_map>

namespace punctual::api
{

/// PEM texts; empty for plain HTTP.
struct TlsIdentity
{
    QByteArray certificate;
    QByteArray key;
};

class HttpServer : public QObject
{
    Q_OBJECT

public:
    HttpServer(RequestHandler& handler, const HttpLimits& limits);
    /// Ends every connection.
    ~HttpServer() override;

    /// Takes the socket over, whether it succeeds or not.
    [[nodiscard]] Result<void> start(const ListeningSocket& socket, const TlsIdentity& tls);

    /// Takes no new connections; `drained` comes when every request under way has been answered, or has
    /// been told after `patience` that it will not be.
    void drain(Duration patience);

Q_SIGNALS:
    void drained();

private:
    struct Callbacks;
    struct StopDaemon
    {
        void operator()(MHD_Daemon* daemon) const;
    };

    [[nodiscard]] std::unique_ptr<MHD_Daemon, StopDaemon> makeDaemon(const ListeningSocket& socket,
                                                                     const TlsIdentity& tls);
    void run();
    void abandonAll();
    void announceDrained();
    [[nodiscard]] HttpExchange* open(MHD_Connection* connection, const char* method, const char* path);
    void close(MHD_Connection* connection, HttpExchange* exchange);

    RequestHandler& m_handler;
    HttpLimits m_limits;
    ConnectionDeadlines m_deadlines;
    QTimer m_timer;
    std::unordered_map<HttpExchange*, std::unique_ptr<HttpExchange>> m_exchanges;
    bool m_draining = false;
    bool m_hasRoom = false; // a connection has ended since the library ran
    std::unique_ptr<MHD_Daemon, StopDaemon> m_daemon;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace punctual::api
