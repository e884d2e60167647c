// SPDX-License-Identifier: GPL-3.0-or-later
// Narrows the list of messages to a tag, a key, a time when they are due, and attempts: when they ended and
// what they came to.
#pragma once

#include "core/clock.h"
#include "core/message_list.h"

#include <QDialog>
#include <QTimeZone>

#include <vector>

class QComboBox;
class QLineEdit;

namespace punctual::ui
{

class TimeRangeEdit;

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
    void fillResults();
    void layOut();
    void choose();

    MessageFilter m_filter;
    QLineEdit* m_tag;
    QLineEdit* m_key;
    TimeRangeEdit* m_due;
    TimeRangeEdit* m_attempted;
    QComboBox* m_results;
    std::vector<std::vector<AttemptResult>> m_choices; // in the order of the entries
};

} // namespace punctual::ui
