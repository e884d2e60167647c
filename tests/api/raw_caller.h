// SPDX-License-Identifier: GPL-3.0-or-later
// A caller that writes whatever bytes a test wants over a socket of its own, for everything that a
// well-behaved HTTP client never does.
//
// Lives in the test's thread.
#pragma once

#include <QTcpSocket>

namespace punctual::test
{

class RawCaller : public QObject
{
    Q_OBJECT

public:
    explicit RawCaller(quint16 port);

    void send(const QByteArray& bytes);
    /// Runs the event loop until one more whole answer is there, and takes it; what came if none does.
    [[nodiscard]] QByteArray answer();
    /// The same, and gives only its status; 0 for none.
    [[nodiscard]] int status();
    /// Runs the event loop until the server ends the connection.
    [[nodiscard]] bool isCutOff();
    /// Leaves without another word.
    void leave();

Q_SIGNALS:
    void changed();

private:
    /// Runs the event loop until something came or the server has ended the connection.
    [[nodiscard]] bool waitForMore();
    [[nodiscard]] qsizetype answerSize() const;

    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace punctual::test
