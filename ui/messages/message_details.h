// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one message: its facts, its body, its attempts, and its life on a time line.
#pragma once

#include "core/audit.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QTabWidget;

namespace punctual::ui
{

class AttemptModel;
class BodyView;
class DueStrip;
class MessageFacts;
class TimeLineModel;
class ViewFrame;

class MessageDetails : public QWidget
{
    Q_OBJECT

public:
    enum class Tab { Body, TimeLine, Attempts };

    explicit MessageDetails(const Workspace& workspace, QWidget* parent = nullptr);

    void openTab(Tab tab);

    /// Reads this message; of several calls the last one counts.
    void show(const MessageId& id);
    using QWidget::show;
    /// Reads the shown message again.
    void refresh();
    /// Asks again why it has not gone, unless that question is open.
    void refreshWhy();
    void clear();

    /// The shown message with its content, once it has been read.
    [[nodiscard]] const std::optional<Message>& message() const { return m_message; }

Q_SIGNALS:
    /// The person wants to see a related message.
    void messageRequested(const QUuid& id);
    /// The person drew its due time elsewhere; nothing has changed yet.
    void rescheduleRequested(const QUuid& id, punctual::Instant dueAt);

private:
    QWidget* makeTimeLine();
    QWidget* makeAttempts();
    void forget();
    /// Calls `taker` with the answer if this message is still the one that is shown.
    template <class T>
    std::function<void(Result<T>)> ifStillShown(void (MessageDetails::*taker)(const Result<T>&));
    void take(const Result<Message>& answer);
    void takeAttempts(const Result<std::vector<Attempt>>& answer);
    void takeReplays(const Result<std::vector<MessageId>>& answer);
    void takeAudit(const Result<std::vector<AuditEntry>>& answer);
    void showTimeLine();

    const Workspace& m_workspace;
    MessageId m_id; // null: none
    bool m_isAnother = false;
    bool m_whyUnderWay = false;
    std::optional<Message> m_message;
    std::vector<Attempt> m_attemptList;
    std::vector<AuditEntry> m_audit;
    QTabWidget* m_tabs;
    AttemptModel* m_attempts;
    TimeLineModel* m_timeLine;
    DueStrip* m_dueStrip;
    MessageFacts* m_facts;
    BodyView* m_body;
    ViewFrame* m_attemptFrame = nullptr; // they are a question of their own
    ViewFrame* m_frame;
};

} // namespace punctual::ui
