// SPDX-License-Identifier: GPL-3.0-or-later
// Asks systemd for more time while the database is opened: to bring a large schema up to date may take longer
// than the time-out of a start, and a start that is killed begins anew the next time. Asks from a thread of
// its own, as the main thread waits for the database, and gives up after half an hour: then something hangs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

namespace punctual::app::systemd
{

class StartExtension
{
public:
    /// Asks at once, and again every few seconds until it is destroyed.
    StartExtension();
    ~StartExtension();
    StartExtension(const StartExtension&) = delete;
    StartExtension& operator=(const StartExtension&) = delete;

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOver = false;
    std::thread m_thread;
};

} // namespace punctual::app::systemd
