// SPDX-License-Identifier: GPL-3.0-or-later
// The form that schedules a message, and what came of it.
#pragma once

#include "ui/common/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace punctual::ui
{

class DestinationCombo;
class DueEditor;
class FormField;
class PayloadEditor;
class ToneLabel;

class ComposePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComposePage(const Workspace& workspace, QWidget* parent = nullptr);

    /// Puts the keyboard into the first field.
    void begin();
    void schedule();

Q_SIGNALS:
    void showRequested(const QUuid& id);

private:
    void layOut();
    QWidget* makeForm();
    QWidget* makeResult();
    void connectEdits();
    void takeEdit();
    bool showOwnProblems();
    [[nodiscard]] NewMessage message() const;
    [[nodiscard]] QStringList tags() const;
    void take(const Result<client::Scheduled>& answer);
    void showScheduled(const client::Scheduled& scheduled);
    void showError(const Error& error);
    [[nodiscard]] FormField* fieldOf(const QString& pointer) const;
    void clearErrors();
    void showResult(const QString& text, bool worked);

    const Workspace& m_workspace;
    DestinationCombo* m_destination;
    DueEditor* m_due;
    PayloadEditor* m_payload;
    QComboBox* m_priority;
    QLineEdit* m_key;
    QLineEdit* m_tags;
    QPushButton* m_schedule;
    ToneLabel* m_result;
    QPushButton* m_open;
    FormField* m_destinationField;
    FormField* m_dueField;
    FormField* m_payloadField;
    FormField* m_priorityField;
    FormField* m_keyField;
    FormField* m_tagsField;
    MessageId m_next; // id of the message in the form: asking twice stores it once
    MessageId m_scheduled;
};

} // namespace punctual::ui
