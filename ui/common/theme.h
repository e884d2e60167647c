// SPDX-License-Identifier: GPL-3.0-or-later
// Light, dark, of high contrast, or as the system has it. GUI thread.
#pragma once

#include <QPalette>
#include <QString>

#include <array>
#include <optional>

class QApplication;

namespace punctual::ui
{

enum class Theme { System, Light, Dark, HighContrast };

inline constexpr std::array allThemes{Theme::System, Theme::Light, Theme::Dark, Theme::HighContrast};

/// The words of the settings, and back.
[[nodiscard]] QLatin1StringView wordOf(Theme theme);
[[nodiscard]] Theme parseTheme(const QString& text); // System for anything else

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
/// Words stand 7:1 or better before their ground, as WCAG 2.1 asks for in its level AAA.
[[nodiscard]] QPalette highContrastPalette();

/// Gives the application style and colours. Remembers those of the system when it is first called.
void applyTheme(QApplication& application, Theme theme);

} // namespace punctual::ui
