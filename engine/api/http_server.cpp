// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http_server.h"

#include <QVarLengthArray>

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace punctual::api
{

namespace
{

constexpr std::size_t connectionMemory = 32UL * 1024; // holds a head and is cleared for each; no bodies
constexpr std::size_t memoryIncrement = 16UL * 1024;  // what a body is read in pieces of

int socketOf(MHD_Connection* connection)
{
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

} // namespace

/// What libmicrohttpd calls, from within MHD_run and so in the server's thread.
struct HttpServer::Callbacks
{
    static MHD_Result handle(void* server, MHD_Connection* connection, const char* path, const char* method,
                             const char*, const char* bytes, std::size_t* size, void** exchange)
    {
        if (!*exchange) {
            auto* opened = static_cast<HttpServer*>(server)->open(connection, method, path);
            *exchange = opened;
            return opened->begin();
        }
        auto* known = static_cast<HttpExchange*>(*exchange);
        return *size > 0 ? known->receive(bytes, *size) : known->finish();
    }

    static void completed(void* server, MHD_Connection* connection, void** exchange,
                          MHD_RequestTerminationCode)
    {
        static_cast<HttpServer*>(server)->close(connection, static_cast<HttpExchange*>(*exchange));
        *exchange = nullptr;
    }

    static void connected(void* server, MHD_Connection* connection, void**,
                          MHD_ConnectionNotificationCode what)
    {
        auto* self = static_cast<HttpServer*>(server);
        if (what == MHD_CONNECTION_NOTIFY_STARTED) {
            self->m_deadlines.set(socketOf(connection));
        } else {
            self->m_deadlines.clear(socketOf(connection));
            self->m_hasRoom = true;
        }
    }
};

void HttpServer::StopDaemon::operator()(MHD_Daemon* daemon) const
{
    MHD_stop_daemon(daemon);
}

HttpServer::HttpServer(RequestHandler& handler, const HttpLimits& limits)
    : m_handler(handler)
    , m_limits(limits)
    , m_deadlines(limits.patience, this)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpServer::run);
}

HttpServer::~HttpServer()
{
    m_notifier.reset();
    abandonAll(); // the library must not be stopped while a connection is suspended
    m_daemon.reset();
}

std::unique_ptr<MHD_Daemon, HttpServer::StopDaemon> HttpServer::makeDaemon(const ListeningSocket& socket,
                                                                           const TlsIdentity& tls)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    QVarLengthArray<MHD_OptionItem, 3> options;
    if (!tls.certificate.isEmpty()) {
        flags |= MHD_USE_TLS;
        options.append({MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char*>(tls.certificate.constData())});
        options.append({MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char*>(tls.key.constData())});
    }
    options.append({MHD_OPTION_END, 0, nullptr});
    return std::unique_ptr<MHD_Daemon, StopDaemon>(
        MHD_start_daemon(flags, 0, nullptr, nullptr, &Callbacks::handle, this,               //
                         MHD_OPTION_LISTEN_SOCKET, socket.descriptor,                        //
                         MHD_OPTION_NOTIFY_COMPLETED, &Callbacks::completed, this,           //
                         MHD_OPTION_NOTIFY_CONNECTION, &Callbacks::connected, this,          //
                         MHD_OPTION_CONNECTION_LIMIT, m_limits.connections,                  //
                         MHD_OPTION_PER_IP_CONNECTION_LIMIT, m_limits.connectionsPerAddress, //
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, connectionMemory,               //
                         MHD_OPTION_CONNECTION_MEMORY_INCREMENT, memoryIncrement,            //
                         MHD_OPTION_STRICT_FOR_CLIENT, 1,                                    //
                         MHD_OPTION_ARRAY, options.data(), MHD_OPTION_END));
}

Result<void> HttpServer::start(const ListeningSocket& socket, const TlsIdentity& tls)
{
    m_daemon = makeDaemon(socket, tls);
    if (!m_daemon) // the library has closed the socket: once more would close what others opened since then
        return failure(
            ErrorCode::Unsupported,
            tls.certificate.isEmpty()
                ? QStringLiteral("The REST server cannot be started.")
                : QStringLiteral("The REST server cannot be started with this TLS certificate and key."));
    const auto* info = MHD_get_daemon_info(m_daemon.get(), MHD_DAEMON_INFO_EPOLL_FD);
    m_notifier = std::make_unique<QSocketNotifier>(info->epoll_fd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &HttpServer::run);
    return {};
}

/// Lets the library do what there is to do, then arms the timer for what is left.
void HttpServer::run()
{
    MHD_run(m_daemon.get());
    MHD_UNSIGNED_LONG_LONG milliseconds = 0;
    // Of a connection less the library takes notice when it runs the next time: until then, if there were as
    // many as there may be, it would let nobody in.
    if (std::exchange(m_hasRoom, false))
        m_timer.start(0);
    else if (MHD_get_timeout(m_daemon.get(), &milliseconds) == MHD_YES)
        m_timer.start(static_cast<int>(std::min<MHD_UNSIGNED_LONG_LONG>(milliseconds, 60'000)));
    else
        m_timer.stop();
}

HttpExchange* HttpServer::open(MHD_Connection* connection, const char* method, const char* path)
{
    auto made = std::make_unique<HttpExchange>(m_handler, connection, method, path);
    auto* exchange = made.get();
    const int socket = socketOf(connection);
    m_deadlines.set(socket); // for the body; while suspended it is not the caller who is slow
    connect(exchange, &HttpExchange::suspended, this, [this, socket] { m_deadlines.clear(socket); });
    connect(exchange, &HttpExchange::resumed, this, [this, socket] {
        m_deadlines.set(socket);
        m_timer.start(0);
    });
    connect(exchange, &HttpExchange::progressed, this, [this, socket] { m_deadlines.set(socket); });
    connect(exchange, &HttpExchange::cutOff, this, [socket] { shutdown(socket, SHUT_RDWR); });
    m_exchanges.emplace(exchange, std::move(made));
    return exchange;
}

void HttpServer::close(MHD_Connection* connection, HttpExchange* exchange)
{
    m_deadlines.set(socketOf(connection)); // for the next head
    m_exchanges.erase(exchange);
    if (m_draining && m_exchanges.empty())
        announceDrained();
}

void HttpServer::drain(Duration patience)
{
    m_draining = true;
    if (const int socket = MHD_quiesce_daemon(m_daemon.get()); socket >= 0)
        ::close(socket);
    if (m_exchanges.empty())
        return announceDrained();
    for (const auto& entry : m_exchanges)
        entry.first->endStream();
    QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(patience), this, [this] {
        abandonAll();
        run();
        announceDrained();
    });
}

void HttpServer::abandonAll()
{
    for (const auto& entry : m_exchanges)
        entry.first->abandon();
}

/// Queued: whoever hears it may delete the server, which must not happen within a callback.
void HttpServer::announceDrained()
{
    QMetaObject::invokeMethod(this, &HttpServer::drained, Qt::QueuedConnection);
}

} // namespace punctual::api
