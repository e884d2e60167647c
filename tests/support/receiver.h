// SPDX-License-Identifier: GPL-3.0-or-later
// A third party for tests: HTTP/1.1 on the loopback, with keep-alive, that notes what arrives and
// answers as it is told.
//
// Lives in the thread that made it and serves in a thread of its own, so that arrival times are true
// while the test is busy. All functions may be called from any thread.
#pragma once

#include "core/header.h"
#include "core/time.h"
#include "support/test_authority.h"

#include <QObject>
#include <QThread>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace punctual::test
{

struct ReceivedRequest
{
    Instant arrivedAt; // of its first byte, by the system clock
    QByteArray method;
    QByteArray target; // path and query
    std::vector<Header> headers;
    QByteArray body;

    /// The value of the header of this name in any case; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

struct Reply
{
    enum class Manner {
        Answer,
        ByteByByte,        // an answer that takes `delay` before each byte
        Hang,              // never answers
        ResetAtOnce,       // resets the connection when a request begins; it is not noted
        ResetAfterRequest, // notes the whole request, then resets
    };

    int status = 200;
    QByteArray body{};
    std::vector<Header> headers{};
    Duration delay{}; // before the answer or the reset
    Manner manner = Manner::Answer;
};

/// How a receiver speaks HTTPS.
struct ReceiverTls
{
    Identity identity;
    QByteArray clientAuthority{}; // PEM: a client has to show a certificate of it; empty: none is asked for
    Duration delay{};             // before a connection is made secure
};

class Receiver : public QObject
{
    Q_OBJECT

public:
    explicit Receiver(QObject* parent = nullptr);
    explicit Receiver(const ReceiverTls& tls);
    ~Receiver() override;

    [[nodiscard]] QString url(const QString& path = QStringLiteral("/hook")) const;
    [[nodiscard]] quint16 port() const { return m_port; }

    /// How every request is answered from now on that has no reply of its own.
    void replyAlways(const Reply& reply);
    /// How the next request is answered; several calls make a queue.
    void replyNext(const Reply& reply);

    /// Closes the port and all connections: new ones are refused.
    void refuse();
    /// Opens the same port again.
    void listen();

    /// In the order of arrival.
    [[nodiscard]] std::vector<ReceivedRequest> requests() const;
    [[nodiscard]] std::size_t count() const;
    /// Connections that were accepted so far.
    [[nodiscard]] std::size_t connections() const;
    /// The most requests that were being answered at the same time.
    [[nodiscard]] std::size_t mostAtOnce() const;
    /// Runs an event loop until there are at least this many, with the patience of await.h.
    [[nodiscard]] bool waitFor(std::size_t count);

Q_SIGNALS:
    /// A whole request was read.
    void received();

private:
    class Server;
    friend class ReceiverConnection;

    Receiver(const std::optional<ReceiverTls>& tls, QObject* parent);

    // For the connections, in the server's thread.
    void noteConnection();
    Reply takeReply();
    void note(ReceivedRequest request);
    void noteAnswered();

    mutable std::mutex m_mutex;
    std::vector<ReceivedRequest> m_requests;
    std::deque<Reply> m_next;
    Reply m_always;
    std::size_t m_connections = 0;
    std::size_t m_open = 0;
    std::size_t m_mostOpen = 0;

    const bool m_isSecure;
    QThread m_thread;
    Server* m_server = nullptr; // lives in m_thread and is deleted there
    quint16 m_port = 0;
};

} // namespace punctual::test
