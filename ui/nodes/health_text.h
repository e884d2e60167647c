// SPDX-License-Identifier: GPL-3.0-or-later
// How the installation is doing, in sentences that end with what to do.
#pragma once

#include "core/figures.h"
#include "ui/common/state_color.h"

#include <vector>

namespace punctual::ui
{

struct HealthLine
{
    QString name;
    QString text;
    Tone tone = Tone::Good;
};

[[nodiscard]] std::vector<HealthLine> healthLines(const HealthFigures& health);

} // namespace punctual::ui
