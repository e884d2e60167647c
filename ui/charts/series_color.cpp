// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/series_color.h"

#include <QPalette>

namespace punctual::ui
{

QColor seriesColor(SeriesColor color, const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    switch (color) {
    case SeriesColor::Blue:
        return dark ? QColor(0x5b, 0xb4, 0xf0) : QColor(0x00, 0x72, 0xb2);
    case SeriesColor::Vermilion:
        return dark ? QColor(0xff, 0x8c, 0x4d) : QColor(0xc8, 0x52, 0x00);
    case SeriesColor::Green:
        return dark ? QColor(0x2f, 0xc8, 0x9a) : QColor(0x00, 0x80, 0x5d);
    case SeriesColor::Ochre:
        return dark ? QColor(0xf2, 0xc2, 0x4b) : QColor(0x9c, 0x6a, 0x00);
    case SeriesColor::Purple:
        return dark ? QColor(0xe3, 0x9b, 0xc8) : QColor(0xa5, 0x44, 0x7c);
    case SeriesColor::Grey:
        return dark ? QColor(0xb4, 0xb8, 0xbe) : QColor(0x5a, 0x60, 0x68);
    }
    Q_UNREACHABLE();
}

QColor gridColor(const QPalette& palette)
{
    QColor color = palette.color(QPalette::Text);
    color.setAlphaF(0.16F);
    return color;
}

} // namespace punctual::ui
