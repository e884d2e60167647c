// SPDX-License-Identifier: GPL-3.0-or-later
// Ends connections whose caller is too slow, however it trickles. libmicrohttpd's own time-out starts
// anew with every byte, so a caller that sends one now and then would hold a connection for ever; here a
// head, a body and an answer each have a fixed time to pass.
//
// Lives in the server's thread. Every deadline is the same span from now, so the order of setting is the
// order of falling due.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <list>
#include <unordered_map>

namespace punctual::api
{

class ConnectionDeadlines : public QObject
{
    Q_OBJECT

public:
    ConnectionDeadlines(std::chrono::milliseconds patience, QObject* parent);

    /// The connection on this socket is cut unless its deadline is set again or cleared in time.
    void set(int socket);
    void clear(int socket);

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Deadline
    {
        int socket;
        Time at;
    };

    void cutOverdue();

    std::chrono::milliseconds m_patience;
    std::list<Deadline> m_deadlines;
    std::unordered_map<int, std::list<Deadline>::iterator> m_bySocket;
    QTimer m_timer;
};

} // namespace punctual::api
