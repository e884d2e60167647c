// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_caller.h"

#include "support/await.h"

#include <QRegularExpression>
#include <QSignalSpy>

namespace punctual::test
{

RawCaller::RawCaller(quint16 port)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        m_received += m_socket.readAll();
        Q_EMIT changed();
    });
    connect(&m_socket, &QTcpSocket::stateChanged, this, &RawCaller::changed);
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
}

void RawCaller::send(const QByteArray& bytes)
{
    m_socket.write(bytes);
}

QByteArray RawCaller::answer()
{
    while (answerSize() == 0 && waitForMore()) {
    }
    const QByteArray taken = m_received.left(answerSize());
    m_received.remove(0, taken.size());
    return taken;
}

int RawCaller::status()
{
    return answer().mid(qstrlen("HTTP/1.1 "), 3).toInt();
}

bool RawCaller::isCutOff()
{
    while (waitForMore()) {
    }
    return m_socket.state() == QTcpSocket::UnconnectedState;
}

bool RawCaller::waitForMore()
{
    if (m_socket.state() == QTcpSocket::UnconnectedState)
        return false;
    return QSignalSpy(this, &RawCaller::changed)
        .wait(static_cast<int>(std::chrono::milliseconds(patience).count()));
}

void RawCaller::leave()
{
    m_socket.abort();
}

/// Of the first answer among what was received; 0 until it is whole.
qsizetype RawCaller::answerSize() const
{
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    if (end < 0)
        return 0;
    static const QRegularExpression length(QStringLiteral("content-length: *(\\d+)"),
                                           QRegularExpression::CaseInsensitiveOption);
    const auto match = length.match(QString::fromLatin1(m_received.left(end)));
    const qsizetype size = end + 4 + match.captured(1).toLongLong();
    const bool interim = m_received.startsWith("HTTP/1.1 100");
    return !interim && m_received.size() >= size ? size : 0;
}

} // namespace punctual::test
