// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one message: its facts, its body and its attempts.
#pragma once

#include "ui/common/workspace.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace punctual::ui
{

class AttemptModel;
class BodyView;
class ViewFrame;

class MessageDetails : public QWidget
{
    Q_OBJECT

public:
    explicit MessageDetails(const Workspace& workspace, QWidget* parent = nullptr);

    /// Reads this message; of several calls the last one counts.
    void show(const MessageId& id);
    /// Reads the shown message again.
    void refresh();
    void clear();

private:
    QWidget* makeFacts();
    QWidget* makeAttempts();
    QLabel* addFact(QFormLayout* form, const QString& name);
    void take(const Result<Message>& answer);
    void takeAttempts(const Result<std::vector<Attempt>>& answer);
    void showFacts(const Message& message);

    const Workspace& m_workspace;
    MessageId m_id; // null: none
    bool m_isAnother = false;
    AttemptModel* m_attempts;
    BodyView* m_body;
    QLabel* m_state = nullptr;
    QLabel* m_due = nullptr;
    QLabel* m_next = nullptr;
    QLabel* m_created = nullptr;
    QLabel* m_finished = nullptr;
    QLabel* m_destination = nullptr;
    QLabel* m_key = nullptr;
    QLabel* m_tags = nullptr;
    QLabel* m_result = nullptr;
    QLabel* m_idText = nullptr;
    ViewFrame* m_frame;
};

} // namespace punctual::ui
