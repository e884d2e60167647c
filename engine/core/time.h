// SPDX-License-Identifier: GPL-3.0-or-later
// Points in time and spans of it, and their written forms. Inside the program time is UTC in
// microseconds; only a person reads local time.
#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace punctual
{

using Duration = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Duration>;

/// "2026-12-01T09:00:00.250Z": RFC 3339 in UTC, cut to milliseconds.
[[nodiscard]] QString toRfc3339(Instant instant);

/// Reads RFC 3339 with any offset. A time without an offset is refused: guessing a zone sends
/// messages at night. Digits beyond the microsecond are cut.
[[nodiscard]] Result<Instant> parseRfc3339(const QString& text);

/// Reads "5s", "250ms", "1h30m", "10d": whole numbers with the units d h m s ms, largest first.
[[nodiscard]] Result<Duration> parseDuration(const QString& text);

/// The shortest exact form that parseDuration reads, for instance "1h30m"; "0s" for nothing.
[[nodiscard]] QString toText(Duration duration);

[[nodiscard]] inline qint64 toMicroseconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

[[nodiscard]] inline qint64 toMilliseconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

[[nodiscard]] inline Instant instantOf(qint64 microsecondsSinceEpoch)
{
    return Instant{Duration{microsecondsSinceEpoch}};
}

[[nodiscard]] QDateTime toDateTime(Instant instant);
[[nodiscard]] Instant fromDateTime(const QDateTime& dateTime);

} // namespace punctual
