// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of meaning, legible on the base colour of a palette whether it is light or dark: at least
// 4.5 : 1 (WCAG 2.1, 1.4.3). Colour never is the only sign; the word stands beside it.
#pragma once

#include "core/attempt.h"

#include <QColor>

class QPalette;

namespace punctual::ui
{

enum class Tone { Neutral, Waiting, Busy, Good, Warning, Bad };

[[nodiscard]] Tone toneOf(MessageState state);
[[nodiscard]] Tone toneOf(Outcome outcome);
[[nodiscard]] QColor toneColor(Tone tone, const QPalette& palette);

} // namespace punctual::ui
