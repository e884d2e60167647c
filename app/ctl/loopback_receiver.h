// SPDX-License-Identifier: GPL-3.0-or-later
// The third party of the self-test: an HTTP/1.1 server on the loopback that answers 200 to every POST and
// notes when it came. So small and fast that it is not what is measured.
//
// Serves in a thread of its own. The functions are for the thread that made it.
#pragma once

#include "app/common/descriptor.h"
#include "core/message.h"

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

namespace punctual::ctl
{

/// The header that a message of the self-test carries: its due time in microseconds since 1970.
inline constexpr QLatin1StringView dueHeader("X-Due-At-Us");

struct Arrival
{
    MessageId id;
    Instant dueAt;
    Instant at; // when its header was complete, by the system's clock
};

class LoopbackReceiver
{
public:
    /// Notes the first `mostArrivals` requests and only counts those beyond. Unsupported: no port can be
    /// opened.
    [[nodiscard]] static Result<std::unique_ptr<LoopbackReceiver>> listen(std::size_t mostArrivals);

    LoopbackReceiver(const LoopbackReceiver&) = delete;
    LoopbackReceiver& operator=(const LoopbackReceiver&) = delete;
    ~LoopbackReceiver();

    [[nodiscard]] QString url() const;

    /// POSTs that were read to their end.
    [[nodiscard]] std::size_t count() const { return m_count.load(std::memory_order_acquire); }

    /// Closes the port and all connections, and gives what was noted.
    [[nodiscard]] std::vector<Arrival> stop();

private:
    static constexpr std::size_t mostConnections = 1024;
    static constexpr std::size_t longestHeader = std::size_t{16} * 1024;

    struct Connection
    {
        explicit Connection(int number)
            : descriptor(number)
        {
        }
        app::Descriptor descriptor;
        std::array<char, longestHeader> buffer{};
        std::size_t filled = 0;
        std::size_t bodyLeft = 0; // of the request whose header was read
        Arrival arrival;
        bool inBody = false;
    };

    explicit LoopbackReceiver(std::size_t mostArrivals);

    [[nodiscard]] bool open();
    void serve();
    void accept();
    // Whether the connection may stay.
    [[nodiscard]] bool receive(Connection& connection);
    [[nodiscard]] bool takeHeader(Connection& connection, std::string_view header);
    [[nodiscard]] bool takeRequests(Connection& connection, Instant now);
    [[nodiscard]] bool answer(Connection& connection);

    std::size_t m_mostArrivals;
    app::Descriptor m_epoll;
    app::Descriptor m_listening;
    app::Descriptor m_stop; // an eventfd(2)
    quint16 m_port = 0;
    std::map<int, std::unique_ptr<Connection>> m_connections;
    std::vector<Arrival> m_arrivals;
    std::atomic<std::size_t> m_count = 0;
    std::thread m_thread;
};

} // namespace punctual::ctl
