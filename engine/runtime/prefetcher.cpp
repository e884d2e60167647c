// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/prefetcher.h"

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

constexpr auto pollInterval = 1s;

} // namespace

Prefetcher::Prefetcher(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
                       const ShardKeeper& keeper, Dispatcher& dispatcher, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_clock(clock)
    , m_keeper(keeper)
    , m_dispatcher(dispatcher)
{
    m_soon.setSingleShot(true);
    m_soon.setTimerType(Qt::PreciseTimer);
    connect(&m_soon, &QTimer::timeout, this, &Prefetcher::runOnce);
    connect(&m_poll, &QTimer::timeout, this, &Prefetcher::wake);
    connect(&dispatcher, &Dispatcher::hungry, this, &Prefetcher::wakeForLow);
    connect(&dispatcher, &Dispatcher::gaveBack, this, &Prefetcher::wake);
    connect(&keeper, &ShardKeeper::renewed, this, [this](bool changed) {
        if (changed)
            wake();
    });
}

void Prefetcher::start()
{
    m_poll.start(pollInterval);
    wake();
}

void Prefetcher::stop()
{
    m_poll.stop();
    m_soon.stop();
}

void Prefetcher::wake()
{
    m_wantsAll = true;
    arm();
}

void Prefetcher::wakeForLow()
{
    m_wantsLow = true;
    arm();
}

void Prefetcher::arm()
{
    if (!m_poll.isActive() || m_reading || !(m_wantsAll || m_wantsLow))
        return;
    const Duration all = m_wantsAll ? notBefore(Reach::All) : Duration::max();
    const Duration low = m_wantsLow ? notBefore(Reach::Low) : Duration::max();
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(std::min(all, low) - DatabaseClock::sinceBoot());
    m_soon.start(std::max<std::chrono::milliseconds>(wait, 0ms));
}

void Prefetcher::runOnce()
{
    if (m_reading || !m_keeper.holdsLease())
        return;
    const Duration startedAt = DatabaseClock::sinceBoot();
    const auto reach = m_wantsAll && startedAt >= notBefore(Reach::All) ? Reach::All : Reach::Low;
    auto rooms = m_dispatcher.rooms(reach);
    m_wantsLow = false; // they are part of all
    m_wantsAll = m_wantsAll && reach != Reach::All;
    if (rooms.empty())
        return arm();
    m_reading = true;
    m_thread.run(
        m_home, this,
        [node = m_keeper.node(), until = m_clock.now() + Dispatcher::horizon,
         rooms](store::Connection& connection) { return store::readAhead(connection, node, until, rooms); },
        [this, rooms, reach, startedAt](const Result<std::vector<store::Waiting>>& waiting) {
            m_reading = false;
            const Duration now = DatabaseClock::sinceBoot();
            notBefore(reach) = now + std::min<Duration>(2 * (now - startedAt), 250ms);
            if (waiting)
                m_dispatcher.add(rooms, *waiting);
            arm();
        });
}

} // namespace punctual::runtime
