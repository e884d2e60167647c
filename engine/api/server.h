// SPDX-License-Identifier: GPL-3.0-or-later
// The REST API (design: /v1, problem+json, bearer tokens), served on a thread of its own.
#pragma once

#include "core/database_address.h"
#include "core/message_json.h"
#include "core/result.h"

#include <QHostAddress>
#include <QString>

#include <memory>

namespace punctual::api
{

struct ServerOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8480; // 0: any free one
    QString tlsCertificateFile; // PEM; empty: plain HTTP
    QString tlsKeyFile;
    MessageLimits limits;
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
    /// Takes no new connections and answers those under way, for `patience` at most.
    void stop(Duration patience = std::chrono::seconds(5));
    [[nodiscard]] quint16 port() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace punctual::api
