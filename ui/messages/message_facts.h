// SPDX-License-Identifier: GPL-3.0-or-later
// The facts of one message as a form, with why it has not gone yet above them.
#pragma once

#include "core/why.h"
#include "ui/common/workspace.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;

namespace punctual::ui
{

class ToneLabel;

class MessageFacts : public QScrollArea
{
    Q_OBJECT

public:
    explicit MessageFacts(const Workspace& workspace, QWidget* parent = nullptr);

    /// Another message's why and replays are taken away.
    void show(const Message& message);
    using QWidget::show;
    void showWhy(const Why& why);
    void showReplays(const std::vector<MessageId>& replays);

Q_SIGNALS:
    /// The person follows the link to a related message.
    void messageRequested(const QUuid& id);

private:
    QLabel* addFact(QFormLayout* form, const QString& name);
    void showLinks(QLabel* label, const std::vector<MessageId>& ids);

    const Workspace& m_workspace;
    MessageId m_id;
    ToneLabel* m_why;
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
    QLabel* m_replayOf = nullptr;
    QLabel* m_replays = nullptr;
    QFormLayout* m_form = nullptr;
};

} // namespace punctual::ui
