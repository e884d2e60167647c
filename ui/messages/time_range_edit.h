// SPDX-License-Identifier: GPL-3.0-or-later
// A choice among ranges of time, with the two ends of the one that is chosen beside each other.
#pragma once

#include "core/clock.h"

#include <QTimeZone>
#include <QWidget>

#include <optional>

class QComboBox;
class QDateTimeEdit;

namespace punctual::ui
{

class TimeRangeEdit : public QWidget
{
    Q_OBJECT

public:
    /// Ranges to choose from, besides any time and two ends of one's own.
    enum Range { Any, PastHour, Today, NextHour, Tomorrow, Between };

    /// What assistive technology calls the three.
    struct Names
    {
        QString range;
        QString from;
        QString before;
    };

    TimeRangeEdit(const Names& names, const std::vector<Range>& ranges, const Clock& clock,
                  const QTimeZone& zone, QWidget* parent = nullptr);

    /// Without both: at any time.
    void setRange(const std::optional<Instant>& after, const std::optional<Instant>& before);

    /// Nothing for any time; the earlier end first, whichever was written where.
    [[nodiscard]] std::optional<std::pair<Instant, Instant>> range() const;

private:
    void takeRange();
    void setReading(QDateTimeEdit* edit, Instant instant);
    [[nodiscard]] Instant readingOf(const QDateTimeEdit* edit) const;
    [[nodiscard]] Instant beginningOf(QDate day) const;

    const Clock& m_clock;
    QTimeZone m_zone;
    QComboBox* m_range;
    QDateTimeEdit* m_from;
    QDateTimeEdit* m_until;
};

} // namespace punctual::ui
