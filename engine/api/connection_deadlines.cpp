// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/connection_deadlines.h"

#include <sys/socket.h>

namespace punctual::api
{

using SteadyClock = std::chrono::steady_clock;

ConnectionDeadlines::ConnectionDeadlines(std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_patience(patience)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConnectionDeadlines::cutOverdue);
}

void ConnectionDeadlines::set(int socket)
{
    clear(socket);
    m_deadlines.push_back({socket, SteadyClock::now() + m_patience});
    m_bySocket.insert_or_assign(socket, std::prev(m_deadlines.end()));
    if (!m_timer.isActive())
        m_timer.start(m_patience);
}

void ConnectionDeadlines::clear(int socket)
{
    const auto known = m_bySocket.find(socket);
    if (known == m_bySocket.end())
        return;
    m_deadlines.erase(known->second);
    m_bySocket.erase(known);
}

/// A socket that is shut down reads as closed by its caller; libmicrohttpd then cleans up after it.
void ConnectionDeadlines::cutOverdue()
{
    const auto now = SteadyClock::now();
    while (!m_deadlines.empty() && m_deadlines.front().at <= now) {
        const int socket = m_deadlines.front().socket;
        clear(socket);
        shutdown(socket, SHUT_RDWR);
    }
    if (!m_deadlines.empty())
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(m_deadlines.front().at - now));
}

} // namespace punctual::api
