// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/outlined_style.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

namespace punctual::ui
{

namespace
{

constexpr const char* systemStyle = "punctual.systemStyle";
constexpr const char* systemPalette = "punctual.systemPalette";

QPalette palette(const QColor& button, const QColor& window, const QColor& base, const QColor& alternate,
                 const QColor& text, const QColor& quiet, const QColor& disabled, const QColor& link)
{
    QPalette colors(button, window);
    colors.setColor(QPalette::Base, base);
    colors.setColor(QPalette::AlternateBase, alternate);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        colors.setColor(role, text);
    colors.setColor(QPalette::PlaceholderText, quiet);
    colors.setColor(QPalette::ToolTipBase, base);
    colors.setColor(QPalette::ToolTipText, text);
    colors.setColor(QPalette::Link, link);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        colors.setColor(QPalette::Disabled, role, disabled);
    return colors;
}

} // namespace

QLatin1StringView wordOf(Theme theme)
{
    switch (theme) {
    case Theme::System:
        return QLatin1StringView("system");
    case Theme::Light:
        return QLatin1StringView("light");
    case Theme::Dark:
        return QLatin1StringView("dark");
    case Theme::HighContrast:
        return QLatin1StringView("high_contrast");
    }
    Q_UNREACHABLE();
}

Theme parseTheme(const QString& text)
{
    for (const auto theme : allThemes)
        if (text == wordOf(theme))
            return theme;
    return Theme::System;
}

QPalette lightPalette()
{
    return palette({0xef, 0xef, 0xef}, {0xef, 0xef, 0xef}, {0xff, 0xff, 0xff}, {0xf6, 0xf6, 0xf7},
                   {0x16, 0x17, 0x1a}, {0x6b, 0x6e, 0x75}, {0x8c, 0x8f, 0x96}, {0x1a, 0x56, 0xb0});
}

QPalette darkPalette()
{
    return palette({0x35, 0x36, 0x3a}, {0x2b, 0x2c, 0x30}, {0x1e, 0x1f, 0x22}, {0x27, 0x28, 0x2c},
                   {0xe8, 0xe9, 0xec}, {0x9a, 0x9d, 0xa4}, {0x82, 0x85, 0x8c}, {0x82, 0xb4, 0xff});
}

QPalette highContrastPalette()
{
    QPalette colors = palette({0x00, 0x00, 0x00}, {0x00, 0x00, 0x00}, {0x00, 0x00, 0x00}, {0x14, 0x14, 0x14},
                              {0xff, 0xff, 0xff}, {0xd0, 0xd0, 0xd0}, {0xa8, 0xa8, 0xa8}, {0xff, 0xff, 0x00});
    colors.setColor(QPalette::Highlight, {0xff, 0xff, 0x00});
    colors.setColor(QPalette::HighlightedText, Qt::black);
    return colors;
}

void applyTheme(QApplication& application, Theme theme)
{
    if (!application.property(systemStyle).isValid()) {
        application.setProperty(systemStyle, QApplication::style()->objectName());
        application.setProperty(systemPalette, QApplication::palette());
    }
    if (theme == Theme::System) {
        QApplication::setStyle(application.property(systemStyle).toString());
        QApplication::setPalette(application.property(systemPalette).value<QPalette>());
        return;
    }
    // The one style that takes its colours from the palette alone.
    QStyle* fusion = QStyleFactory::create(QStringLiteral("Fusion"));
    QApplication::setStyle(theme == Theme::HighContrast ? new OutlinedStyle(fusion) : fusion);
    QApplication::setPalette(theme == Theme::HighContrast ? highContrastPalette()
                             : theme == Theme::Dark       ? darkPalette()
                                                          : lightPalette());
}

} // namespace punctual::ui
