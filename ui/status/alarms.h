// SPDX-License-Identifier: GPL-3.0-or-later
// What a person wants to be told of while the window is not looked at: messages that failed for good, a quota
// that is running out, and a database that is away. Says each thing once. GUI thread.
#pragma once

#include "ui/common/workspace.h"

#include <QMap>
#include <QObject>
#include <QTimer>

namespace punctual::ui
{

class Alarms : public QObject
{
    Q_OBJECT

public:
    enum class Kind { DeadLetters, Quota, Connection, Reconnection };
    Q_ENUM(Kind)

    explicit Alarms(const Workspace& workspace, QObject* parent = nullptr);

    /// How often quotas are looked at, and new dead letters told of at most.
    void setDistance(std::chrono::milliseconds distance);
    /// How long the database may be silent, whether it is slow or away, until that is told of.
    void setPatience(std::chrono::milliseconds patience);

public Q_SLOTS:
    void takeStatus(const punctual::SystemStatus& status);

Q_SIGNALS:
    void raised(punctual::ui::Alarms::Kind kind, const QString& title, const QString& text);

private:
    void tellSilence();
    void look();
    void tellDeadLetters();
    void takeQuotas(const std::vector<Destination>& destinations);

    const Workspace& m_workspace;
    QTimer m_timer;
    std::optional<qint64> m_dead; // that were known when they were last told of
    qint64 m_deadNow = 0;
    QTimer m_silence; // since the last answer
    bool m_isSilent = false;
    bool m_underWay = false;
    QMap<QString, qint64> m_told; // by destination: the end of the period whose quota was told of
};

} // namespace punctual::ui
