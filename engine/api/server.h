// SPDX-License-Identifier: GPL-3.0-or-later
// The REST API (design: /v1, problem+json, bearer tokens), served on a thread of its own.
//
// Used from the thread that made it.
#pragma once

#include "core/database_address.h"
#include "core/message_json.h"
#include "core/result.h"

#include <QHostAddress>
#include <QString>

#include <chrono>
#include <memory>

namespace punctual::api
{

/// What callers together and each of them may take of the server.
struct HttpLimits
{
    unsigned connections = 1000;
    unsigned connectionsPerAddress = 500;
    /// For a head, a body and an answer to pass, each; also how long a connection may be idle.
    std::chrono::milliseconds patience = std::chrono::seconds(30);
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15); // of a stream of events
    qint64 batchBytes = qint64{32} * 1024 * 1024; // of a batch's body; smaller calls have smaller limits
};

struct ServerOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8480;        // 0: any free one
    QString tlsCertificateFile; // PEM; empty: plain HTTP
    QString tlsKeyFile;
    MessageLimits limits;
    HttpLimits http;
    bool publicMetrics = false;     // /metrics asks nobody for a token
    int requestsPerSecond = 10'000; // of each token; 0: as many as they like
    int strangersPerSecond = 100;   // tokens that are not known, of each address
    bool onNetwork = true;          // false: on its sockets alone
    QStringList socketFiles{};      // absolute paths of Unix sockets, without TLS
};

class Server
{
public:
    Server(const DatabaseAddress& database, ServerOptions options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server(); // stops it

    /// Returns when it listens; the error says why it cannot.
    [[nodiscard]] Result<void> start();
    /// Takes no new connections and answers those under way, for `patience` at most. Returns when all is
    /// over.
    void stop(Duration patience = std::chrono::seconds(5));
    /// The one that it listens on; 0 before start(), and if it is not on the network.
    [[nodiscard]] quint16 port() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace punctual::api
