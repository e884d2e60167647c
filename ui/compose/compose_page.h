// SPDX-License-Identifier: GPL-3.0-or-later
// The form that schedules a message, and what came of it.
#pragma once

#include "ui/common/workspace.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace punctual::ui
{

class ContentTabs;
class DestinationCombo;
class DueEditor;
class ForecastAdvice;
class FormField;
class ResultBar;
class TestDelivery;
class ToneLabel;
enum class Tone;

class ComposePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComposePage(const Workspace& workspace, QWidget* parent = nullptr);

    /// Puts the keyboard into the first field.
    void begin();
    void schedule();
    /// Sends what is in the form at once, after asking.
    void sendTest();
    /// Opens the dialog that takes CSV; with a file if a path is given.
    void openMany(const QString& path = {});

    /// For the menu of the window.
    [[nodiscard]] const QList<QAction*>& commands() const { return m_commands; }

Q_SIGNALS:
    void showRequested(const QUuid& id);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCommands();
    void layOut();
    QWidget* makeForm();
    QWidget* makeResult();
    void connectEdits();
    void offerCommands();
    void takeEdit();
    void takeTarget();
    void cancelScheduled(const MessageId& id);
    bool showOwnProblems();
    [[nodiscard]] NewMessage message() const;
    void take(const Result<client::Scheduled>& answer);
    void showScheduled(const client::Scheduled& scheduled);
    void showError(const Error& error);
    [[nodiscard]] FormField* fieldOf(const QString& pointer) const;
    void clearErrors();
    void showResult(const QString& text, bool worked);

    const Workspace& m_workspace;
    DestinationCombo* m_destination;
    DueEditor* m_due;
    ForecastAdvice* m_advice;
    ContentTabs* m_content;
    QComboBox* m_priority;
    QLineEdit* m_key;
    QLineEdit* m_tags;
    QPushButton* m_schedule;
    QPushButton* m_test;
    QPushButton* m_many;
    ToneLabel* m_refused; // why nothing can be scheduled
    ResultBar* m_result;
    QPushButton* m_open;
    FormField* m_destinationField;
    FormField* m_dueField;
    FormField* m_payloadField;
    FormField* m_priorityField;
    FormField* m_keyField;
    FormField* m_tagsField;
    TestDelivery* m_testDelivery;
    QList<QAction*> m_commands;
    MessageId m_next; // id of the message in the form: asking twice stores it once
    MessageId m_scheduled;
    bool m_isStoring = false;
};

} // namespace punctual::ui
