// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/listening_socket.h"

#include <QFile>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace punctual::api
{

namespace
{

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress ipv4(const QHostAddress& address, quint16 port)
{
    sockaddr_in plain{};
    plain.sin_family = AF_INET;
    plain.sin_port = htons(port);
    plain.sin_addr.s_addr = htonl(address.toIPv4Address());
    SocketAddress socketAddress;
    std::memcpy(&socketAddress.storage, &plain, sizeof plain);
    socketAddress.size = sizeof plain;
    return socketAddress;
}

SocketAddress ipv6(const QHostAddress& address, quint16 port)
{
    sockaddr_in6 plain{};
    plain.sin6_family = AF_INET6;
    plain.sin6_port = htons(port);
    const auto bytes = address.toIPv6Address();
    std::memcpy(&plain.sin6_addr, bytes.c, sizeof bytes.c);
    plain.sin6_scope_id = address.scopeId().toUInt();
    SocketAddress socketAddress;
    std::memcpy(&socketAddress.storage, &plain, sizeof plain);
    socketAddress.size = sizeof plain;
    return socketAddress;
}

quint16 portOf(int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    if (storage.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
}

bool bindAndListen(int descriptor, const SocketAddress& address, bool bothFamilies)
{
    const int yes = 1;
    const int onlyIpv6 = bothFamilies ? 0 : 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address.storage.ss_family == AF_INET6)
        setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &onlyIpv6, sizeof onlyIpv6);
    return bind(descriptor, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0 &&
           listen(descriptor, SOMAXCONN) == 0;
}

constexpr int socketType = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

QString reasonNow()
{
    return QString::fromStdString(std::system_category().message(errno));
}

/// Whether it is a socket that nobody listens on: what a server leaves behind that is killed.
bool isStale(const QByteArray& path, const sockaddr_un& address)
{
    struct stat status
    {
    };
    if (lstat(path.constData(), &status) != 0 || !S_ISSOCK(status.st_mode))
        return false;
    const int descriptor = socket(AF_UNIX, socketType, 0);
    const bool refused =
        descriptor >= 0 &&
        connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
        errno == ECONNREFUSED;
    if (descriptor >= 0)
        close(descriptor);
    return refused;
}

/// Nobody can connect before it listens, so its mode is right from the start.
bool bindToFile(int descriptor, const QByteArray& path, const sockaddr_un& address)
{
    return bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
           chmod(path.constData(), 0660) == 0 && listen(descriptor, SOMAXCONN) == 0;
}

} // namespace

Result<ListeningSocket> listenOnFile(const QString& path)
{
    const auto cannot = [&path](const QString& reason) {
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("The REST server cannot listen on the socket %1: %2.").arg(path, reason));
    };
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.size() >= qsizetype(sizeof address.sun_path))
        return cannot(QStringLiteral("its path is longer than %1 bytes").arg(sizeof address.sun_path - 1));
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    if (isStale(name, address))
        unlink(name.constData());
    const int descriptor = socket(AF_UNIX, socketType, 0);
    if (descriptor >= 0 && bindToFile(descriptor, name, address))
        return ListeningSocket{descriptor, 0};
    const QString reason = reasonNow();
    if (descriptor >= 0)
        close(descriptor);
    return cannot(reason);
}

Result<ListeningSocket> listenOn(const QHostAddress& address, quint16 port)
{
    const bool any = address == QHostAddress(QHostAddress::Any);
    auto socketAddress =
        any || address.protocol() == QHostAddress::IPv6Protocol ? ipv6(address, port) : ipv4(address, port);
    int descriptor = socket(socketAddress.storage.ss_family, socketType, 0);
    if (descriptor < 0 && any && errno == EAFNOSUPPORT) { // a kernel without IPv6
        socketAddress = ipv4(address, port);
        descriptor = socket(AF_INET, socketType, 0);
    }
    if (descriptor >= 0 && bindAndListen(descriptor, socketAddress, any))
        return ListeningSocket{descriptor, portOf(descriptor)};
    const QString reason = reasonNow();
    if (descriptor >= 0)
        close(descriptor);
    return failure(ErrorCode::Unsupported, QStringLiteral("The REST server cannot listen on %1, port %2: %3.")
                                               .arg(address.toString())
                                               .arg(port)
                                               .arg(reason));
}

} // namespace punctual::api
