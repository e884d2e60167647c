// SPDX-License-Identifier: GPL-3.0-or-later
// One connection of the test receiver: cuts requests out of the stream and answers them one after the
// other, so that pipelined requests are kept in order. Lives in the receiver's thread, with its socket.
#pragma once

#include "support/receiver.h"

#include <QTcpSocket>
#include <QTimer>

#include <optional>

namespace punctual::test
{

class ReceiverConnection : public QObject
{
    Q_OBJECT

public:
    /// Is a child of `socket`, and goes with it.
    ReceiverConnection(QTcpSocket& socket, Receiver& receiver);
    ~ReceiverConnection() override;

private:
    void read();
    [[nodiscard]] std::optional<ReceivedRequest> cutRequest();
    void take(ReceivedRequest request);
    void answer();
    void writeByte();
    void finish();
    void reset();

    QTcpSocket& m_socket;
    Receiver& m_receiver;
    QByteArray m_buffer;
    Instant m_arrivedAt;          // of the first byte in m_buffer
    std::optional<Reply> m_reply; // for the request at the front
    bool m_answering = false;
    QByteArray m_slowly; // what is still to be written byte by byte
    QTimer m_timer;
};

} // namespace punctual::test
