// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/loop.h"

#include <QCoreApplication>
#include <QEvent>

namespace punctual::store
{

void Loop::post(std::function<void()> task)
{
    bool first = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_closed)
            return;
        first = m_tasks.empty();
        m_tasks.push_back(std::move(task));
    }
    if (first)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Loop::close()
{
    std::deque<std::function<void()>> dropped; // destroyed outside the lock
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    dropped.swap(m_tasks);
}

bool Loop::event(QEvent* event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    // Only what is there now, so that a steady stream does not shut out the other events of the thread;
    // one at a time, so that closing takes effect in the middle of a pile.
    for (std::size_t left = size(); left > 0; --left)
        if (const auto task = next())
            task();
    if (size() > 0)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    return true;
}

std::size_t Loop::size()
{
    const std::scoped_lock lock(m_mutex);
    return m_tasks.size();
}

std::function<void()> Loop::next()
{
    const std::scoped_lock lock(m_mutex);
    if (m_tasks.empty())
        return {};
    auto task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return task;
}

} // namespace punctual::store
