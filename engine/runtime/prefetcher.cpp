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
    connect(&dispatcher, &Dispatcher::hungry, this, &Prefetcher::wake);
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
    m_wanted = false;
}

void Prefetcher::wake()
{
    if (!m_poll.isActive())
        return;
    if (m_reading) {
        m_wanted = true;
    } else if (!m_soon.isActive()) {
        const auto wait =
            std::chrono::ceil<std::chrono::milliseconds>(m_notBefore - DatabaseClock::sinceBoot());
        m_soon.start(std::max<std::chrono::milliseconds>(wait, 0ms));
    }
}

void Prefetcher::runOnce()
{
    if (m_reading || !m_keeper.holdsLease())
        return;
    m_reading = true;
    m_wanted = false;
    auto rooms = m_dispatcher.rooms();
    const Duration startedAt = DatabaseClock::sinceBoot();
    m_thread.run(
        m_home, this,
        [node = m_keeper.node(), until = m_clock.now() + Dispatcher::horizon,
         rooms](store::Connection& connection) { return store::readAhead(connection, node, until, rooms); },
        [this, rooms, startedAt](const Result<std::vector<store::Waiting>>& waiting) {
            m_reading = false;
            const Duration now = DatabaseClock::sinceBoot();
            m_notBefore = now + std::min<Duration>(2 * (now - startedAt), 250ms);
            if (waiting)
                m_dispatcher.add(rooms, *waiting);
            if (m_wanted)
                wake();
        });
}

} // namespace punctual::runtime
