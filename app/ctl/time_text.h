// SPDX-License-Identifier: GPL-3.0-or-later
// Times as a person writes and reads them at a terminal.
#pragma once

#include "core/time.h"

#include <QTimeZone>

namespace punctual::ctl
{

/// "2026-12-01 09:00:00.250 CET": local time with its zone, which is that of this machine by default.
[[nodiscard]] QString toLocalText(Instant instant, const QTimeZone& zone = QTimeZone::systemTimeZone());

/// Reads RFC 3339 with an offset, or a reading of a clock in `zone`: "2026-12-01 09:00",
/// "2026-12-01T09:00:00.250". A reading that the zone skips or has twice is refused; the detail names
/// the two times with an offset that may be meant.
[[nodiscard]] Result<Instant> readTime(const QString& text, const QTimeZone& zone);

/// Whether the text has an offset of its own, so that no zone can be asked for.
[[nodiscard]] bool hasOffset(const QString& text);

} // namespace punctual::ctl
