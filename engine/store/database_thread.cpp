// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database_thread.h"

namespace punctual::store
{

using namespace std::chrono_literals;

namespace
{

constexpr auto lookInterval = 1s;
constexpr auto patienceAtTheEnd = 5s;

} // namespace

DatabaseThread::DatabaseThread(const DatabaseAddress& address, const QString& purpose, Duration patience)
    : m_patience(patience)
{
    m_thread.setObjectName(purpose);
    m_loop.moveToThread(&m_thread);
    m_watch.setSingleShot(true);
    QObject::connect(&m_watch, &QTimer::timeout, &m_watch, [this] {
        m_wire.cutAfter(m_patience);
        watch();
    });
    // Not posted: a job that waits must not run any more, but the connection belongs to the thread.
    QObject::connect(
        &m_thread, &QThread::finished, &m_loop, [this] { m_connection.reset(); }, Qt::DirectConnection);
    m_loop.post(
        [this, address, purpose] { m_connection = std::make_unique<Connection>(address, purpose, &m_wire); });
    m_thread.start();
}

DatabaseThread::~DatabaseThread()
{
    m_loop.close();
    m_thread.quit();
    while (!m_thread.wait(lookInterval))
        m_wire.cutAfter(patienceAtTheEnd);
}

void DatabaseThread::watch()
{
    if (pending() > 0 && !m_watch.isActive())
        m_watch.start(lookInterval);
}

} // namespace punctual::store
