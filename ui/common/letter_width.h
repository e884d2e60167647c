// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>

#include <algorithm>

namespace punctual::ui
{

/// What a letter of Latin takes, for the width of columns and dialogs, in pixels. The average of a Chinese
/// font is a whole square, and ids, times and numbers are not.
[[nodiscard]] inline int letterWidth(const QFontMetrics& font)
{
    return std::min(font.averageCharWidth(), font.horizontalAdvance(u'x'));
}

} // namespace punctual::ui
