// SPDX-License-Identifier: GPL-3.0-or-later
// Expected delays in a few steps, with colours that people with any colour vision tell apart: pale blue is on
// time, and delays go from yellow to brown (on dark from brown to yellow), so that lightness alone orders
// them.
#pragma once

#include "core/forecast.h"

#include <QColor>

#include <array>

class QPalette;

namespace punctual::ui
{

enum class DelayBand { Nothing, OnTime, UnderMinute, UnderTenMinutes, UnderHour, UnderSixHours, Longer };

inline constexpr std::array allDelayBands{
    DelayBand::Nothing,   DelayBand::OnTime,        DelayBand::UnderMinute, DelayBand::UnderTenMinutes,
    DelayBand::UnderHour, DelayBand::UnderSixHours, DelayBand::Longer};

[[nodiscard]] DelayBand bandOf(const ForecastHour& hour);
[[nodiscard]] QString bandName(DelayBand band);
/// To be painted on the base colour of the palette.
[[nodiscard]] QColor bandColor(DelayBand band, const QPalette& palette);
/// Black or white, whichever is legible on it.
[[nodiscard]] QColor textColorOn(const QColor& ground);

} // namespace punctual::ui
