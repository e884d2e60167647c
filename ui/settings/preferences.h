// SPDX-License-Identifier: GPL-3.0-or-later
// What a person prefers, in the settings of the window.
#pragma once

#include "ui/common/theme.h"

#include <QSettings>

namespace punctual::ui
{

struct Preferences
{
    Theme theme = Theme::System;
    QString language = {};    // "en", "zh_CN"; empty: that of the system
    bool notifies = true;     // of dead letters, quotas and a lost connection
    bool closesToTray = true; // while messages wait and this program delivers

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

[[nodiscard]] Preferences readPreferences(const QSettings& settings);
void writePreferences(QSettings& settings, const Preferences& preferences);

} // namespace punctual::ui
