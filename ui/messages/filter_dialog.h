// SPDX-License-Identifier: GPL-3.0-or-later
// Narrows the list of messages to a tag, a key or a time when they are due.
#pragma once

#include "core/clock.h"
#include "core/message_list.h"

#include <QDialog>
#include <QTimeZone>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;

namespace punctual::ui
{

class FilterDialog : public QDialog
{
    Q_OBJECT

public:
    /// Begins with what `filter` has; the rest of it stays.
    FilterDialog(const MessageFilter& filter, const Clock& clock, const QTimeZone& zone,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const punctual::MessageFilter& filter);

private:
    enum Range { Any, PastHour, Today, NextHour, Tomorrow, Between };

    void layOut();
    void takeRange();
    void choose();
    void setReading(QDateTimeEdit* edit, Instant instant);
    [[nodiscard]] Instant readingOf(const QDateTimeEdit* edit) const;
    [[nodiscard]] Instant beginningOf(QDate day) const;

    MessageFilter m_filter;
    const Clock& m_clock;
    QTimeZone m_zone;
    QLineEdit* m_tag;
    QLineEdit* m_key;
    QComboBox* m_range;
    QDateTimeEdit* m_from;
    QDateTimeEdit* m_until;
};

} // namespace punctual::ui
