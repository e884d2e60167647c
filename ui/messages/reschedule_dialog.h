// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for another due time of messages that wait.
#pragma once

#include "core/clock.h"

#include <QDialog>
#include <QTimeZone>

class QPushButton;

namespace punctual::ui
{

class DueEditor;
class ToneLabel;

class RescheduleDialog : public QDialog
{
    Q_OBJECT

public:
    /// `dueAt`: of the first of them. `clock` outlives the dialog.
    RescheduleDialog(int count, Instant dueAt, const Clock& clock, const QTimeZone& zone,
                     QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(punctual::Instant dueAt);

private:
    void check();
    void choose();

    const Clock& m_clock;
    DueEditor* m_due;
    ToneLabel* m_problem;
    QPushButton* m_accept;
};

} // namespace punctual::ui
