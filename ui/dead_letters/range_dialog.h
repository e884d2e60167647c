// SPDX-License-Identifier: GPL-3.0-or-later
// Asks which part of the history is to be sent again: a destination, a span of due times or of attempts, and
// what became of the messages.
#pragma once

#include "core/message_list.h"
#include "ui/common/workspace.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace punctual::ui
{

class DestinationCombo;
class ReadingEdit;
class ToneLabel;

class RangeDialog : public QDialog
{
    Q_OBJECT

public:
    /// Begins with the last hour. It deletes itself when it is closed.
    RangeDialog(const Workspace& workspace, const QString& destination, QWidget* parent);

Q_SIGNALS:
    /// Then it closes.
    void chosen(const punctual::MessageFilter& filter);

private:
    void layOut();
    void check();
    void choose();
    [[nodiscard]] QString problem() const;
    [[nodiscard]] MessageFilter filter() const;

    const Workspace& m_workspace;
    DestinationCombo* m_destination;
    QComboBox* m_by; // due times, then attempts
    ReadingEdit* m_from;
    ReadingEdit* m_until;
    std::vector<std::pair<MessageState, QCheckBox*>> m_states;
    ToneLabel* m_problem;
    QPushButton* m_preview;
};

} // namespace punctual::ui
