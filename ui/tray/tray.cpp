// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/tray.h"

#include "ui/common/icon.h"

#include <QLocale>

namespace punctual::ui
{

Tray::Tray(QObject* parent)
    : QObject(parent)
    , m_icon(applicationIcon())
{
    connect(m_menu.addAction(lineIcon(QStringLiteral("messages")), tr("&Show the window")),
            &QAction::triggered, this, &Tray::windowRequested);
    m_menu.addSeparator();
    connect(m_menu.addAction(lineIcon(QStringLiteral("quit")), tr("&Quit")), &QAction::triggered, this,
            &Tray::quitRequested);
    m_icon.setContextMenu(&m_menu);
    setBacklog(0);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT windowRequested();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] {
        Q_EMIT windowRequested();
        if (m_lastAlarm)
            Q_EMIT alarmOpened(*m_lastAlarm);
    });
    m_icon.show();
}

bool Tray::isThere() const
{
    return QSystemTrayIcon::isSystemTrayAvailable() && m_icon.isVisible();
}

void Tray::tell(const QString& title, const QString& text, QSystemTrayIcon::MessageIcon icon)
{
    m_lastAlarm.reset();
    m_icon.showMessage(title, text, icon);
}

void Tray::takeAlarm(Alarms::Kind kind, const QString& title, const QString& text)
{
    tell(title, text, iconOf(kind));
    m_lastAlarm = kind;
}

QSystemTrayIcon::MessageIcon Tray::iconOf(Alarms::Kind kind)
{
    switch (kind) {
    case Alarms::Kind::DeadLetters:
    case Alarms::Kind::Connection:
        return QSystemTrayIcon::Critical;
    case Alarms::Kind::Quota:
        return QSystemTrayIcon::Warning;
    case Alarms::Kind::Reconnection:
        return QSystemTrayIcon::Information;
    }
    Q_UNREACHABLE();
}

void Tray::setBacklog(qint64 backlog)
{
    m_icon.setToolTip(backlog == 0 ? tr("Punctual: nothing waits")
                                   : tr("Punctual: %1 messages wait").arg(QLocale().toString(backlog)));
}

} // namespace punctual::ui
