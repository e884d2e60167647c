// SPDX-License-Identifier: GPL-3.0-or-later
// Changes a message that waits: when it is due, its priority, tags and body.
#pragma once

#include "core/clock.h"
#include "core/message_change.h"

#include <QDialog>
#include <QTimeZone>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace punctual::ui
{

class DueEditor;
class PayloadEditor;
class ToneLabel;

class EditDialog : public QDialog
{
    Q_OBJECT

public:
    /// `message` has its content. `clock` outlives the dialog.
    EditDialog(const Message& message, const Clock& clock, const QTimeZone& zone, QWidget* parent = nullptr);

Q_SIGNALS:
    /// What the person changed and nothing else. Somebody else's change in the meantime stays.
    void changed(const punctual::MessageChange& change);

private:
    void layOut();
    void check();
    void save();
    [[nodiscard]] MessageChange change() const;

    Message m_message;
    bool m_isText; // else its body stays as it is
    DueEditor* m_due;
    QComboBox* m_priority;
    QLineEdit* m_tags;
    PayloadEditor* m_payload;
    ToneLabel* m_problem;
    QPushButton* m_save = nullptr;
    Instant m_shownDue; // as the editor reads it when nobody has touched it
};

} // namespace punctual::ui
