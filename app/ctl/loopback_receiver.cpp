// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/loopback_receiver.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace punctual::ctl
{

using namespace std::string_view_literals;

namespace
{

constexpr auto ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"sv;
constexpr auto refusal = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"sv;

bool send(int descriptor, std::string_view text)
{
    return ::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

bool watch(int epoll, int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

template <class Number>
std::optional<Number> numberOf(std::string_view text)
{
    Number number{};
    const auto end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data(), end, number);
    return problem == std::errc{} && rest == end ? std::optional(number) : std::nullopt;
}

bool isNamed(std::string_view name, QLatin1StringView wanted)
{
    return QLatin1StringView(name.data(), static_cast<qsizetype>(name.size()))
               .compare(wanted, Qt::CaseInsensitive) == 0;
}

} // namespace

LoopbackReceiver::LoopbackReceiver(std::size_t mostArrivals)
    : m_mostArrivals(mostArrivals)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_listening(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    , m_stop(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    m_arrivals.reserve(mostArrivals);
}

LoopbackReceiver::~LoopbackReceiver()
{
    (void)stop();
}

Result<std::unique_ptr<LoopbackReceiver>> LoopbackReceiver::listen(std::size_t mostArrivals)
{
    std::unique_ptr<LoopbackReceiver> receiver(new LoopbackReceiver(mostArrivals));
    if (!receiver->open())
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("No port can be opened on 127.0.0.1: %1").arg(qt_error_string(errno)));
    receiver->m_thread = std::thread([raw = receiver.get()] { raw->serve(); });
    return receiver;
}

bool LoopbackReceiver::open()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    const int listening = m_listening.number();
    if (::bind(listening, general, size) != 0 || ::listen(listening, SOMAXCONN) != 0 ||
        ::getsockname(listening, general, &size) != 0)
        return false;
    m_port = ntohs(address.sin_port);
    return watch(m_epoll.number(), listening) && watch(m_epoll.number(), m_stop.number());
}

QString LoopbackReceiver::url() const
{
    return QStringLiteral("http://127.0.0.1:%1/").arg(m_port);
}

std::vector<Arrival> LoopbackReceiver::stop()
{
    if (m_thread.joinable()) {
        ::eventfd_write(m_stop.number(), 1);
        m_thread.join();
    }
    return std::move(m_arrivals);
}

void LoopbackReceiver::serve()
{
    std::array<epoll_event, 256> events{};
    for (;;) {
        const int count = ::epoll_wait(m_epoll.number(), events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
            if (descriptor == m_stop.number()) {
                m_connections.clear();
                return;
            }
            if (descriptor == m_listening.number())
                accept();
            else if (const auto found = m_connections.find(descriptor);
                     found != m_connections.end() && !receive(*found->second))
                m_connections.erase(found);
        }
    }
}

void LoopbackReceiver::accept()
{
    const int descriptor = ::accept4(m_listening.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0)
        return;
    auto connection = std::make_unique<Connection>(descriptor);
    const int one = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (m_connections.size() < mostConnections && watch(m_epoll.number(), descriptor))
        m_connections[descriptor] = std::move(connection);
}

bool LoopbackReceiver::receive(Connection& connection)
{
    const auto read = ::read(connection.descriptor.number(), connection.buffer.data() + connection.filled,
                             connection.buffer.size() - connection.filled);
    if (read <= 0)
        return read < 0 && (errno == EAGAIN || errno == EINTR);
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    connection.filled += static_cast<std::size_t>(read);
    return takeRequests(connection, now);
}

bool LoopbackReceiver::takeRequests(Connection& connection, Instant now)
{
    std::string_view unread(connection.buffer.data(), connection.filled);
    for (;;) {
        if (!connection.inBody) {
            const auto end = unread.find("\r\n\r\n"sv);
            if (end == std::string_view::npos)
                break;
            connection.arrival = {{}, {}, now};
            if (!takeHeader(connection, unread.substr(0, end + 2))) {
                (void)send(connection.descriptor.number(), refusal);
                return false;
            }
            connection.inBody = true;
            unread.remove_prefix(end + 4);
        }
        const auto body = std::min(connection.bodyLeft, unread.size());
        connection.bodyLeft -= body;
        unread.remove_prefix(body);
        if (connection.bodyLeft > 0)
            break;
        connection.inBody = false;
        if (!answer(connection))
            return false;
    }
    connection.filled = unread.size();
    std::memmove(connection.buffer.data(), unread.data(), unread.size());
    return connection.filled < connection.buffer.size(); // else its header is too long
}

/// Whether it is a POST that says how long it is. `header` ends with the end of its last line.
bool LoopbackReceiver::takeHeader(Connection& connection, std::string_view header)
{
    if (!header.starts_with("POST "sv))
        return false;
    std::optional<std::size_t> length;
    for (header.remove_prefix(header.find("\r\n"sv) + 2); !header.empty();) {
        const auto end = header.find("\r\n"sv);
        const auto line = header.substr(0, end);
        header.remove_prefix(end + 2);
        const auto colon = std::min(line.find(':'), line.size());
        const auto name = line.substr(0, colon);
        auto value = line.substr(std::min(colon + 1, line.size()));
        while (value.starts_with(' '))
            value.remove_prefix(1);
        if (isNamed(name, QLatin1StringView("Content-Length")))
            length = numberOf<std::size_t>(value);
        else if (isNamed(name, dueHeader))
            connection.arrival.dueAt = instantOf(numberOf<qint64>(value).value_or(0));
        else if (isNamed(name, QLatin1StringView("Punctual-Message-Id")))
            connection.arrival.id =
                QUuid::fromString(QLatin1StringView(value.data(), static_cast<qsizetype>(value.size())));
    }
    connection.bodyLeft = length.value_or(0);
    return length.has_value();
}

bool LoopbackReceiver::answer(Connection& connection)
{
    if (m_arrivals.size() < m_mostArrivals)
        m_arrivals.push_back(connection.arrival);
    m_count.fetch_add(1, std::memory_order_release);
    return send(connection.descriptor.number(), ok);
}

} // namespace punctual::ctl
