// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the dialog of preferences, keeps them in the settings, and gives the application its theme. GUI
// thread.
#pragma once

#include "ui/settings/preferences.h"

#include <QAction>

namespace punctual::ui
{

class PreferencesAction : public QAction
{
    Q_OBJECT

public:
    /// `settings` outlives it; `window` is that of the dialog.
    PreferencesAction(QSettings& settings, QWidget* window);

    [[nodiscard]] const Preferences& preferences() const { return m_preferences; }

Q_SIGNALS:
    void preferencesChanged(const punctual::ui::Preferences& preferences);

private:
    void open();
    void take(const Preferences& preferences);

    QSettings& m_settings;
    QWidget* m_window;
    Preferences m_preferences;
};

} // namespace punctual::ui
