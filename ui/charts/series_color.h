// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of lines in charts. People who see red and green, or blue and yellow, alike can still tell them
// apart (after Okabe and Ito, "Color Universal Design", 2008), and each stands out from its ground by at
// least 3 : 1 (WCAG 2.1, 1.4.11).
#pragma once

#include <QColor>

class QPalette;

namespace punctual::ui
{

enum class SeriesColor { Blue, Vermilion, Green, Ochre, Purple, Grey };

[[nodiscard]] QColor seriesColor(SeriesColor color, const QPalette& palette);

/// For lines that are only there to read values by.
[[nodiscard]] QColor gridColor(const QPalette& palette);

} // namespace punctual::ui
