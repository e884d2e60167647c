// SPDX-License-Identifier: GPL-3.0-or-later
#include "watched_application.h"

#include <QEvent>
#include <QThread>

#include <ctime>

namespace punctual::test
{

namespace
{

std::chrono::microseconds timeOf(clockid_t clock)
{
    timespec at{};
    ::clock_gettime(clock, &at);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds(at.tv_sec) +
                                                                 std::chrono::nanoseconds(at.tv_nsec));
}

} // namespace

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    if (QThread::currentThread() != thread() || m_isInside) // only the window's thread is watched
        return QApplication::notify(receiver, event);
    m_isInside = true;
    const QByteArray name = QByteArray(receiver->metaObject()->className()) + ' ' +
                            QByteArray::number(static_cast<int>(event->type()));
    const auto work = timeOf(CLOCK_THREAD_CPUTIME_ID);
    const auto elapsed = timeOf(CLOCK_MONOTONIC);
    const bool taken = QApplication::notify(receiver, event); // the receiver may be gone afterwards
    const auto worked = timeOf(CLOCK_THREAD_CPUTIME_ID) - work;
    const auto passed = timeOf(CLOCK_MONOTONIC) - elapsed;
    m_isInside = false;
    ++m_slowest.events;
    if (worked > m_slowest.work) {
        m_slowest.work = worked;
        m_slowest.workOf = name;
    }
    if (passed > m_slowest.elapsed) {
        m_slowest.elapsed = passed;
        m_slowest.elapsedOf = name;
    }
    return taken;
}

void WatchedApplication::begin()
{
    m_slowest = {};
}

} // namespace punctual::test
