// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/reading_edit.h"

#include "ui/common/local_time.h"

namespace punctual::ui
{

ReadingEdit::ReadingEdit(const QTimeZone& zone, Instant instant, const QString& name, QWidget* parent)
    : QDateTimeEdit(parent)
    , m_zone(zone)
{
    setTimeSpec(Qt::UTC); // a bare reading of a clock: UTC has no gaps and lets every one pass
    setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    setCalendarPopup(true);
    setAccessibleName(name);
    setToolTip(QString::fromLatin1(zone.id()));
    setInstant(std::chrono::floor<std::chrono::minutes>(instant));
}

void ReadingEdit::setInstant(Instant instant)
{
    const QDateTime local = toDateTime(std::chrono::floor<std::chrono::seconds>(instant)).toTimeZone(m_zone);
    setDateTime(QDateTime(local.date(), local.time(), Qt::UTC));
}

std::optional<Instant> ReadingEdit::earliest() const
{
    const auto instants = instantsOf(date(), time(), m_zone);
    return instants.empty() ? std::nullopt : std::optional(instants.front());
}

std::optional<Instant> ReadingEdit::latest() const
{
    const auto instants = instantsOf(date(), time(), m_zone);
    return instants.empty() ? std::nullopt : std::optional(instants.back());
}

} // namespace punctual::ui
