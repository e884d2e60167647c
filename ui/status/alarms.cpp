// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/alarms.h"

#include "ui/common/time_text.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr double nearlyAll = 0.9;

} // namespace

Alarms::Alarms(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    m_timer.setInterval(30s);
    connect(&m_timer, &QTimer::timeout, this, &Alarms::look);
    m_timer.start();
    m_silence.setSingleShot(true);
    m_silence.setInterval(5s);
    connect(&m_silence, &QTimer::timeout, this, &Alarms::tellSilence);
    m_silence.start();
}

void Alarms::setDistance(std::chrono::milliseconds distance)
{
    m_timer.setInterval(distance);
}

void Alarms::setPatience(std::chrono::milliseconds patience)
{
    m_silence.setInterval(patience);
}

void Alarms::takeStatus(const SystemStatus& status)
{
    m_silence.start();
    if (std::exchange(m_isSilent, false))
        Q_EMIT raised(Kind::Reconnection, tr("The database answers again"), tr("Punctual is connected."));
    const auto dead = status.messages.find(MessageState::Dead);
    m_deadNow = dead == status.messages.end() ? 0 : dead->second;
    // Those that were there before the window are no news. There are fewer when they are dropped or sent
    // again.
    m_dead = m_dead ? std::min(*m_dead, m_deadNow) : m_deadNow;
}

void Alarms::tellSilence()
{
    m_isSilent = true;
    Q_EMIT raised(
        Kind::Connection, tr("The database does not answer"),
        tr("Nothing can be scheduled or cancelled from here until it does. Punctual keeps trying."));
}

void Alarms::look()
{
    tellDeadLetters();
    if (m_underWay || m_isSilent)
        return;
    m_underWay = true;
    m_workspace.client.destinations(m_workspace.actor, this,
                                    [this](const Result<std::vector<Destination>>& answer) {
                                        m_underWay = false;
                                        if (answer)
                                            takeQuotas(*answer);
                                    });
}

void Alarms::tellDeadLetters()
{
    if (!m_dead)
        return;
    if (m_deadNow > *m_dead)
        Q_EMIT raised(Kind::DeadLetters,
                      tr("%n message(s) failed for good", nullptr, static_cast<int>(m_deadNow - *m_dead)),
                      tr("They are not sent again by themselves: somebody has to look."));
    m_dead = m_deadNow;
}

void Alarms::takeQuotas(const std::vector<Destination>& destinations)
{
    for (const auto& destination : destinations) {
        const auto& lane = destination.lane;
        if (!destination.quota || !lane.quotaUsed || !lane.quotaResetsAt ||
            *lane.quotaResetsAt <= m_workspace.clock.now())
            continue;
        const qint64 limit = destination.quota->limit;
        const bool isUp = *lane.quotaUsed >= limit;
        // Nearly and quite used up are told of once each in a period.
        const qint64 mark = toMicroseconds(*lane.quotaResetsAt) * 2 + (isUp ? 1 : 0);
        if (static_cast<double>(*lane.quotaUsed) < nearlyAll * static_cast<double>(limit) ||
            m_told.value(destination.name) >= mark)
            continue;
        m_told[destination.name] = mark;
        const QLocale locale;
        Q_EMIT raised(Kind::Quota,
                      isUp ? tr("The quota of %1 is used up").arg(destination.name)
                           : tr("The quota of %1 is nearly used up").arg(destination.name),
                      tr("%1 of %2 are used. It begins anew %3.")
                          .arg(locale.toString(*lane.quotaUsed), locale.toString(limit),
                               relativeText(*lane.quotaResetsAt, m_workspace.clock.now())));
    }
}

} // namespace punctual::ui
