// SPDX-License-Identifier: GPL-3.0-or-later
// Sends requests over pooled connections: libcurl's multi interface in a Qt event loop.
//
// libcurl's sockets are in an epoll set of its own, and Qt watches that one descriptor: a QSocketNotifier a
// socket would make the event dispatcher poll all of them.
//
// Lives in one thread; answers come there, never from within deliver().
#pragma once

#include "delivery/transfer.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace punctual::delivery
{

class HttpDeliverer : public QObject
{
    Q_OBJECT

public:
    explicit HttpDeliverer(const Clock& clock, QObject* parent = nullptr);
    /// Cuts what is in flight; nothing is answered any more.
    ~HttpDeliverer() override;

    /// Sends at once: the caller has waited for the due time and keeps to the limits. One deadline, the
    /// destination's, holds for the whole exchange. The answer to a batch is to be taken apart by the caller.
    void deliver(Request request, Transfer::Done done);

    [[nodiscard]] std::size_t inFlight() const { return m_running.size(); }

private:
    using SteadyTime = std::chrono::steady_clock::time_point;

    static int socketChanged(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
    static int timeoutChanged(CURLM* multi, long milliseconds, void* self);

    void refuse(const QString& problem, Transfer::Done done);
    void handleSockets();
    void act(curl_socket_t socket, int events);
    void collect();
    void arm();
    void timeOut();
    [[nodiscard]] std::unique_ptr<Transfer> idleTransfer();

    const Clock& m_clock;
    CURLM* m_multi;
    int m_epoll;
    QSocketNotifier m_notifier;
    QTimer m_timer; // fires at m_armed, which may be before libcurl's moment: then it is armed again
    std::optional<SteadyTime> m_armed;
    std::optional<SteadyTime> m_moment; // when libcurl wants to be called
    std::unordered_map<CURL*, std::unique_ptr<Transfer>> m_running;
    std::vector<std::unique_ptr<Transfer>> m_idle;
};

} // namespace punctual::delivery
