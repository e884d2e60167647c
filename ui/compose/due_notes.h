// SPDX-License-Identifier: GPL-3.0-or-later
// What one may want to know about a due time: what the clocks of the recipient show then, whether it is night
// there, and whether the clocks are changed before.
#pragma once

#include "core/time.h"

#include <QTimeZone>

namespace punctual::ui
{

/// From ten in the evening to seven in the morning.
[[nodiscard]] bool isNight(Instant instant, const QTimeZone& zone);

/// "There it is 1 Dec 2026 03:12:00 EST, at night."
[[nodiscard]] QString recipientText(Instant due, const QTimeZone& recipient);

/// "The clocks in Europe/Berlin are put forward by 1 h on 29 Mar 2027, before it is due."; empty if they are
/// not changed between `now` and `due`. The last change counts.
[[nodiscard]] QString clockChangeText(Instant now, Instant due, const QTimeZone& zone);

} // namespace punctual::ui
