// SPDX-License-Identifier: GPL-3.0-or-later
// A choice among ranges of time, with the two ends of the one that is chosen beneath it.
#pragma once

#include "core/clock.h"

#include <QString>
#include <QTimeZone>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;

namespace punctual::ui
{

class ReadingEdit;

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

    /// Either end may be open.
    struct Ends
    {
        std::optional<Instant> after;  // inclusive
        std::optional<Instant> before; // exclusive
    };

    TimeRangeEdit(const Names& names, const std::vector<Range>& ranges, const Clock& clock,
                  const QTimeZone& zone, QWidget* parent = nullptr);

    void setEnds(const Ends& ends);

    /// What was set, to the microsecond, until a person changes something; then the earlier one first,
    /// whichever was written where. A reading that happens twice means the wider range.
    [[nodiscard]] Ends ends() const;

private:
    void takeRange();
    void take(Instant from, Instant until);

    const Clock& m_clock;
    QTimeZone m_zone;
    QComboBox* m_range;
    ReadingEdit* m_from;
    ReadingEdit* m_until;
    std::optional<Ends> m_set; // until somebody changes it
};

} // namespace punctual::ui
