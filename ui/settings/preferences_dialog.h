// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for what a person prefers. The theme is shown at once.
#pragma once

#include "ui/settings/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;

namespace punctual::ui
{

class ToneLabel;

class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PreferencesDialog(const Preferences& preferences, QWidget* parent = nullptr);

Q_SIGNALS:
    /// With every choice.
    void changed(const punctual::ui::Preferences& preferences);

private:
    void take();

    QComboBox* m_theme;
    QComboBox* m_language;
    QCheckBox* m_notifies;
    QCheckBox* m_closesToTray;
    ToneLabel* m_note;
};

} // namespace punctual::ui
