// SPDX-License-Identifier: GPL-3.0-or-later
// The socket of a connection, which another thread may cut when no answer comes.
//
// libpq waits without limit, and a server that is frozen keeps its connections open: its kernel goes on to
// acknowledge what is sent, so neither keepalives nor TCP_USER_TIMEOUT ever end the wait, and
// statement_timeout runs on the server.
#pragma once

#include "core/time.h"

#include <mutex>
#include <optional>

namespace punctual::store
{

/// Every function may be called from any thread.
class Wire
{
public:
    Wire() = default;
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    void opened(int socket);
    void closed();

    /// While it lives an answer is awaited.
    class Question
    {
    public:
        explicit Question(Wire* wire); // none: nobody watches
        Question(const Question&) = delete;
        Question& operator=(const Question&) = delete;
        ~Question();

    private:
        Wire* m_wire;
    };

    /// Ends the connection if an answer has been awaited for longer than that: whoever waits is told that it
    /// is lost. Gives whether it did.
    bool cutAfter(Duration patience);

private:
    std::mutex m_mutex;
    std::optional<int> m_socket;
    std::optional<Duration> m_askedAt; // by CLOCK_MONOTONIC: a machine that slept has not waited
};

} // namespace punctual::store
