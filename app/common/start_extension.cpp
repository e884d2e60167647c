// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/start_extension.h"

#include <systemd/sd-daemon.h>

#include <chrono>

namespace punctual::app::systemd
{

namespace
{

using namespace std::chrono_literals;

constexpr auto pause = 10s;
constexpr auto longest = 30min;

} // namespace

StartExtension::StartExtension()
    : m_thread([this] { run(); })
{
}

StartExtension::~StartExtension()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isOver = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void StartExtension::run()
{
    const auto until = std::chrono::steady_clock::now() + longest;
    std::unique_lock lock(m_mutex);
    while (!m_isOver && std::chrono::steady_clock::now() < until) {
        ::sd_notify(0, "EXTEND_TIMEOUT_USEC=60000000");
        m_changed.wait_for(lock, pause, [this] { return m_isOver; });
    }
}

} // namespace punctual::app::systemd
