// SPDX-License-Identifier: GPL-3.0-or-later
// The icon in the system's tray: shows and hides the window, tells of alarms, and quits. GUI thread.
#pragma once

#include "ui/status/alarms.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace punctual::ui
{

class Tray : public QObject
{
    Q_OBJECT

public:
    explicit Tray(QObject* parent = nullptr);

    /// Whether the desktop has a place for it.
    [[nodiscard]] bool isThere() const;
    [[nodiscard]] static QSystemTrayIcon::MessageIcon iconOf(Alarms::Kind kind);
    void tell(const QString& title, const QString& text, QSystemTrayIcon::MessageIcon icon);

public Q_SLOTS:
    void takeAlarm(punctual::ui::Alarms::Kind kind, const QString& title, const QString& text);
    /// For the hint of the icon.
    void setBacklog(qint64 backlog);

Q_SIGNALS:
    void windowRequested();
    /// The person clicked on what the last alarm said.
    void alarmOpened(punctual::ui::Alarms::Kind kind);
    void quitRequested();

private:
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    std::optional<Alarms::Kind> m_lastAlarm;
};

} // namespace punctual::ui
