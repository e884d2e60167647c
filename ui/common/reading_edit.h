// SPDX-License-Identifier: GPL-3.0-or-later
// Date and time as a clock of one zone reads them, for the ends of a range. What does not exist there or
// happens twice is told apart by earliest() and latest().
#pragma once

#include "core/time.h"

#include <QDateTimeEdit>
#include <QTimeZone>

namespace punctual::ui
{

class ReadingEdit : public QDateTimeEdit
{
    Q_OBJECT

public:
    /// Begins with the minute of `instant`. `name` is what assistive technology calls it.
    ReadingEdit(const QTimeZone& zone, Instant instant, const QString& name, QWidget* parent = nullptr);

    /// To the second.
    void setInstant(Instant instant);

    /// Nothing while no clock of the zone ever reads this.
    [[nodiscard]] std::optional<Instant> earliest() const;
    [[nodiscard]] std::optional<Instant> latest() const;

private:
    QTimeZone m_zone;
};

} // namespace punctual::ui
