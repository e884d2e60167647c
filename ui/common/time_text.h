// SPDX-License-Identifier: GPL-3.0-or-later
// Times and spans as a person reads them, in the language of the window.
#pragma once

#include "core/time.h"

#include <QTimeZone>

namespace punctual::ui
{

/// "1 Dec 2026 09:00:00 CET"; milliseconds only where there are some.
[[nodiscard]] QString timeText(Instant instant, const QTimeZone& zone);

/// The same without the date: "09:00:00.250".
[[nodiscard]] QString clockText(Instant instant, const QTimeZone& zone);

/// The short name of the zone at that time: "CET", "UTC+8".
[[nodiscard]] QString zoneText(Instant instant, const QTimeZone& zone);

/// "10 days 3 h", "1 h 30 min", "5 s", "250 ms": the two largest units, cut.
[[nodiscard]] QString spanText(Duration span);

/// "in 5 s", "5 s ago", "now".
[[nodiscard]] QString relativeText(Instant instant, Instant now);

/// A time in `zone` and, on a second line, in UTC: for tool tips.
[[nodiscard]] QString timeToolTip(Instant instant, const QTimeZone& zone);

} // namespace punctual::ui
