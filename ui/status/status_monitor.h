// SPDX-License-Identifier: GPL-3.0-or-later
// Asks once a second how the installation is doing, and keeps the window's clock in step with the
// database's, and its rights: at first, after every loss, and now and then, since they change without one.
// A request is never sent while the last one is open. GUI thread.
#pragma once

#include "ui/common/database_clock.h"
#include "ui/common/workspace.h"

#include <QObject>
#include <QTimer>

namespace punctual::ui
{

class StatusMonitor : public QObject
{
    Q_OBJECT

public:
    StatusMonitor(const Workspace& workspace, DatabaseClock& clock, QObject* parent = nullptr);

Q_SIGNALS:
    void updated(const punctual::SystemStatus& status);
    /// The database did not answer.
    void lost();
    /// About a second has passed since the last of these two and no answer has come yet.
    void waiting();

private:
    void ask();

    const Workspace& m_workspace;
    DatabaseClock& m_clock;
    QTimer m_timer;
    bool m_underWay = false;
    int m_answersToRights = 0; // that are still to come before the rights are asked for
};

} // namespace punctual::ui
