// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/status_monitor.h"

#include "ui/common/rights.h"

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int answersBetweenRights = 15; // about as many seconds

} // namespace

StatusMonitor::StatusMonitor(const Workspace& workspace, DatabaseClock& clock, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_clock(clock)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &StatusMonitor::ask);
    m_timer.start();
    ask();
}

void StatusMonitor::ask()
{
    if (m_underWay) {
        Q_EMIT waiting();
        return;
    }
    m_underWay = true;
    m_workspace.client.status(m_workspace.actor, this, [this](const Result<SystemStatus>& answer) {
        m_underWay = false;
        if (!answer) {
            m_answersToRights = 0; // it may be another server that answers next
            Q_EMIT lost();
            if (answer.error().code == ErrorCode::Forbidden)
                m_workspace.rights.refresh(); // it does answer, but not to this login
            return;
        }
        m_clock.synchronise(answer->databaseTime);
        Q_EMIT updated(*answer);
        if (m_answersToRights-- > 0)
            return;
        m_answersToRights = answersBetweenRights;
        m_workspace.rights.refresh();
    });
}

} // namespace punctual::ui
