// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/wake_up.h"

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

WakeUp::WakeUp(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &WakeUp::look);
}

void WakeUp::at(std::optional<Instant> moment)
{
    m_moment = moment;
    if (!moment) {
        m_timer.stop();
        return;
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*moment - m_clock.now());
    m_timer.start(std::clamp<std::chrono::milliseconds>(wait, 0ms, 1s));
}

void WakeUp::look()
{
    if (!m_moment)
        return;
    if (m_clock.now() < *m_moment) {
        at(m_moment);
        return;
    }
    m_moment.reset();
    Q_EMIT due();
}

} // namespace punctual::runtime
