// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/wire.h"

#include <sys/socket.h>

namespace punctual::store
{

namespace
{

Duration monotonic()
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

void Wire::opened(int socket)
{
    const std::lock_guard lock(m_mutex);
    m_socket = socket;
}

void Wire::closed()
{
    const std::lock_guard lock(m_mutex);
    m_socket.reset();
}

bool Wire::cutAfter(Duration patience)
{
    const std::lock_guard lock(m_mutex);
    if (!m_socket || !m_askedAt || monotonic() - *m_askedAt < patience)
        return false;
    // Not closed: the descriptor is libpq's, and could be somebody else's file a moment later.
    ::shutdown(*m_socket, SHUT_RDWR);
    m_socket.reset();
    return true;
}

Wire::Question::Question(Wire* wire)
    : m_wire(wire)
{
    if (m_wire == nullptr)
        return;
    const std::lock_guard lock(m_wire->m_mutex);
    m_wire->m_askedAt = monotonic();
}

Wire::Question::~Question()
{
    if (m_wire == nullptr)
        return;
    const std::lock_guard lock(m_wire->m_mutex);
    m_wire->m_askedAt.reset();
}

} // namespace punctual::store
