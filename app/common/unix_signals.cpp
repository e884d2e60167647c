// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/unix_signals.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace punctual::app
{

namespace
{

volatile std::sig_atomic_t handlerEvent = -1; // a signal handler cannot be given anything

void endProcessOnSignal()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
}

void handle(int)
{
    const int savedError = errno;
    endProcessOnSignal();
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(handlerEvent, &one, sizeof one);
    errno = savedError;
}

} // namespace

UnixSignals::UnixSignals(QObject* parent)
    : QObject(parent)
    , m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_notifier(m_event, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier.setEnabled(false);
        Q_EMIT stopRequested();
    });
    handlerEvent = m_event;
    struct sigaction action = {};
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

UnixSignals::~UnixSignals()
{
    endProcessOnSignal();
    ::close(m_event);
}

} // namespace punctual::app
