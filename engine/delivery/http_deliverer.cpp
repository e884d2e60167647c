// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/http_deliverer.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace punctual::delivery
{

namespace
{

constexpr std::size_t mostIdle = 256;
constexpr long keptConnections = 1024;

/// libcurl's global state, once a process.
void initialise()
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_ASSERT(initialised == CURLE_OK);
}

CURLM* makeMulti()
{
    initialise();
    return curl_multi_init();
}

std::uint32_t epollEvents(int what)
{
    switch (what) {
    case CURL_POLL_IN:
        return EPOLLIN;
    case CURL_POLL_OUT:
        return EPOLLOUT;
    default:
        return EPOLLIN | EPOLLOUT;
    }
}

int curlEvents(std::uint32_t events)
{
    return ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
           ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
           ((events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
}

} // namespace

HttpDeliverer::HttpDeliverer(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_multi(makeMulti())
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_notifier(m_epoll, QSocketNotifier::Read)
{
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &HttpDeliverer::socketChanged);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &HttpDeliverer::timeoutChanged);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpDeliverer::timeOut);
    connect(&m_notifier, &QSocketNotifier::activated, this, &HttpDeliverer::handleSockets);
}

HttpDeliverer::~HttpDeliverer()
{
    for (const auto& [easy, transfer] : m_running)
        curl_multi_remove_handle(m_multi, easy);
    m_running.clear();
    m_idle.clear();
    curl_multi_cleanup(m_multi);
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

void HttpDeliverer::deliver(Request request, Transfer::Done done)
{
    if (const QString& problem = request.destination->credentials.unreadable; !problem.isEmpty()) {
        refuse(problem, std::move(done));
        return;
    }
    auto transfer = idleTransfer();
    transfer->prepare(std::move(request), std::move(done));
    CURL* easy = transfer->handle();
    const auto running = m_running.emplace(easy, std::move(transfer)).first;
    // Asks for a time-out of 0: it starts from the event loop.
    if (curl_multi_add_handle(m_multi, easy) == CURLM_OK)
        return;
    const std::shared_ptr<Transfer> failed = std::move(m_running.extract(running).mapped());
    QTimer::singleShot(0, this, [failed] { failed->takeDone()(failed->finish(CURLE_OUT_OF_MEMORY)); });
}

/// Without its credentials a request would be unsigned, or turned away and the message dead: it does not
/// leave.
void HttpDeliverer::refuse(const QString& problem, Transfer::Done done)
{
    const Instant now = m_clock.now();
    const Exchange exchange{
        .ending = Exchange::Ending::NotSent,
        .error = QStringLiteral("the destination's credentials cannot be opened: %1").arg(problem),
        .startedAt = now,
        .endedAt = now};
    QTimer::singleShot(0, this, [exchange, answer = std::move(done)] { answer(exchange); });
}

std::unique_ptr<Transfer> HttpDeliverer::idleTransfer()
{
    if (m_idle.empty())
        return std::make_unique<Transfer>(m_clock);
    auto transfer = std::move(m_idle.back());
    m_idle.pop_back();
    return transfer;
}

int HttpDeliverer::socketChanged(CURL*, curl_socket_t socket, int what, void* self, void* known)
{
    auto& deliverer = *static_cast<HttpDeliverer*>(self);
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(deliverer.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event event{};
    event.events = epollEvents(what);
    event.data.fd = socket;
    epoll_ctl(deliverer.m_epoll, known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
    curl_multi_assign(deliverer.m_multi, socket, &deliverer); // any pointer: it is known from now on
    return 0;
}

int HttpDeliverer::timeoutChanged(CURLM*, long milliseconds, void* self)
{
    auto& deliverer = *static_cast<HttpDeliverer*>(self);
    deliverer.m_moment.reset();
    if (milliseconds >= 0)
        deliverer.m_moment = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    deliverer.arm();
    return 0;
}

/// libcurl moves its moment with every transfer, mostly further away: the timer is only ever set nearer.
void HttpDeliverer::arm()
{
    if (!m_moment || (m_armed && *m_armed <= *m_moment))
        return;
    m_armed = m_moment;
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(*m_moment - std::chrono::steady_clock::now());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void HttpDeliverer::timeOut()
{
    m_armed.reset();
    if (m_moment && *m_moment <= std::chrono::steady_clock::now()) {
        m_moment.reset();
        act(CURL_SOCKET_TIMEOUT, 0);
        collect();
    }
    arm();
}

void HttpDeliverer::handleSockets()
{
    std::array<epoll_event, 128> events{};
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i)
        act(events[static_cast<std::size_t>(i)].data.fd,
            curlEvents(events[static_cast<std::size_t>(i)].events));
    collect();
}

void HttpDeliverer::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, events, &running);
}

/// Hands over what has ended.
void HttpDeliverer::collect()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        CURL* easy = message->easy_handle;
        const CURLcode code = message->data.result; // the message is gone after the next call
        curl_multi_remove_handle(m_multi, easy);
        auto running = m_running.extract(easy);
        auto transfer = std::move(running.mapped());
        const auto done = transfer->takeDone();
        auto exchange = transfer->finish(code);
        if (m_idle.size() < mostIdle) {
            transfer->release();
            m_idle.push_back(std::move(transfer));
        }
        done(std::move(exchange));
    }
}

} // namespace punctual::delivery
