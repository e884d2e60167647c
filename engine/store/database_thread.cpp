// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database_thread.h"

namespace punctual::store
{

DatabaseThread::DatabaseThread(const DatabaseAddress& address, const QString& purpose)
{
    m_thread.setObjectName(purpose);
    m_loop.moveToThread(&m_thread);
    // Not posted: a job that waits must not run any more, but the connection belongs to the thread.
    QObject::connect(
        &m_thread, &QThread::finished, &m_loop, [this] { m_connection.reset(); }, Qt::DirectConnection);
    m_loop.post([this, address, purpose] { m_connection = std::make_unique<Connection>(address, purpose); });
    m_thread.start();
}

DatabaseThread::~DatabaseThread()
{
    m_loop.close();
    m_thread.quit();
    m_thread.wait();
}

} // namespace punctual::store
