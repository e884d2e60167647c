// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/receiver_connection.h"

#include <sys/socket.h>

#include <chrono>
#include <utility>

namespace punctual::test
{

namespace
{

Instant systemTime()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

std::chrono::milliseconds roundedUp(Duration delay)
{
    return std::chrono::ceil<std::chrono::milliseconds>(delay);
}

ReceivedRequest parseHead(const QByteArray& head)
{
    ReceivedRequest request;
    const auto lines = head.split('\n');
    const auto words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (const auto& line : lines.sliced(1)) {
        const auto colon = line.indexOf(':');
        if (colon > 0)
            request.headers.push_back({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return request;
}

QByteArray written(const Reply& reply)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(reply.status) + " Scripted\r\n";
    for (const auto& header : reply.headers)
        text += header.name + ": " + header.value + "\r\n";
    return text + "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n\r\n" + reply.body;
}

} // namespace

ReceiverConnection::ReceiverConnection(QTcpSocket& socket, Receiver& receiver)
    : QObject(&socket)
    , m_socket(socket)
    , m_receiver(receiver)
    , m_timer(this)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ReceiverConnection::answer);
    connect(&socket, &QTcpSocket::readyRead, this, &ReceiverConnection::read);
    connect(&socket, &QTcpSocket::disconnected, &socket, &QObject::deleteLater);
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

ReceiverConnection::~ReceiverConnection()
{
    if (m_answering)
        m_receiver.noteAnswered();
}

void ReceiverConnection::read()
{
    if (m_buffer.isEmpty())
        m_arrivedAt = systemTime();
    m_buffer += m_socket.readAll();
    while (!m_answering && !m_buffer.isEmpty()) {
        if (!m_reply)
            m_reply = m_receiver.takeReply();
        if (m_reply->manner == Reply::Manner::ResetAtOnce)
            return reset();
        auto request = cutRequest();
        if (!request)
            return;
        take(std::move(*request));
    }
}

std::optional<ReceivedRequest> ReceiverConnection::cutRequest()
{
    const auto headEnd = m_buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    ReceivedRequest request = parseHead(m_buffer.left(headEnd));
    const qsizetype length = request.header("content-length").toLongLong();
    const qsizetype begin = headEnd + 4;
    if (m_buffer.size() < begin + length)
        return std::nullopt;
    request.arrivedAt = m_arrivedAt;
    request.body = m_buffer.mid(begin, length);
    m_buffer.remove(0, begin + length);
    m_arrivedAt = systemTime(); // of a pipelined request that has been read with this one
    return request;
}

void ReceiverConnection::take(ReceivedRequest request)
{
    m_answering = true;
    m_receiver.note(std::move(request));
    if (m_reply->manner == Reply::Manner::Hang)
        return;
    if (m_reply->delay > Duration{})
        m_timer.start(roundedUp(m_reply->delay));
    else
        answer();
}

void ReceiverConnection::answer()
{
    if (!m_slowly.isEmpty())
        return writeByte();
    switch (m_reply->manner) {
    case Reply::Manner::Answer:
        m_socket.write(written(*m_reply));
        return finish();
    case Reply::Manner::ByteByByte:
        m_slowly = written(*m_reply);
        return writeByte();
    case Reply::Manner::ResetAfterRequest:
        return reset();
    case Reply::Manner::Hang:
    case Reply::Manner::ResetAtOnce:
        break; // never come here
    }
}

void ReceiverConnection::writeByte()
{
    m_socket.write(m_slowly.left(1));
    m_slowly.remove(0, 1);
    if (m_slowly.isEmpty())
        finish();
    else
        m_timer.start(roundedUp(m_reply->delay));
}

/// The answer is out; the next request may be here already.
void ReceiverConnection::finish()
{
    m_reply.reset();
    m_answering = false;
    m_receiver.noteAnswered();
    if (!m_buffer.isEmpty())
        QMetaObject::invokeMethod(this, &ReceiverConnection::read, Qt::QueuedConnection);
}

/// Ends the connection with RST instead of FIN.
void ReceiverConnection::reset()
{
    const linger hard{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_socket.abort();
}

} // namespace punctual::test
