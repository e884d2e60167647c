// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

namespace punctual::ui
{

namespace
{

constexpr QLatin1StringView themeKey("preferences/theme");
constexpr QLatin1StringView languageKey("preferences/language");
constexpr QLatin1StringView notifiesKey("preferences/notifications");
constexpr QLatin1StringView trayKey("preferences/close_to_tray");

} // namespace

Preferences readPreferences(const QSettings& settings)
{
    Preferences preferences;
    preferences.theme = parseTheme(settings.value(themeKey).toString());
    preferences.language = settings.value(languageKey).toString();
    preferences.notifies = settings.value(notifiesKey, true).toBool();
    preferences.closesToTray = settings.value(trayKey, true).toBool();
    return preferences;
}

void writePreferences(QSettings& settings, const Preferences& preferences)
{
    settings.setValue(themeKey, QString(wordOf(preferences.theme)));
    settings.setValue(languageKey, preferences.language);
    settings.setValue(notifiesKey, preferences.notifies);
    settings.setValue(trayKey, preferences.closesToTray);
}

} // namespace punctual::ui
