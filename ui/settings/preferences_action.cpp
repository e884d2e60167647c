// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences_action.h"

#include "ui/common/icon.h"
#include "ui/settings/preferences_dialog.h"

#include <QApplication>

namespace punctual::ui
{

PreferencesAction::PreferencesAction(QSettings& settings, QWidget* window)
    : QAction(lineIcon(QStringLiteral("settings")), tr("&Settings…"), window)
    , m_settings(settings)
    , m_window(window)
    , m_preferences(readPreferences(settings))
{
    setShortcut(Qt::CTRL | Qt::Key_Comma);
    setMenuRole(PreferencesRole);
    connect(this, &QAction::triggered, this, &PreferencesAction::open);
}

void PreferencesAction::open()
{
    auto* dialog = new PreferencesDialog(m_preferences, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::changed, this, &PreferencesAction::take);
    dialog->open();
}

void PreferencesAction::take(const Preferences& preferences)
{
    if (preferences.theme != m_preferences.theme)
        applyTheme(*static_cast<QApplication*>(QCoreApplication::instance()), preferences.theme);
    m_preferences = preferences;
    writePreferences(m_settings, preferences);
    Q_EMIT preferencesChanged(preferences);
}

} // namespace punctual::ui
