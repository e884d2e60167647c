// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_details.h"

#include "core/uuid_v7.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/messages/attempt_model.h"
#include "ui/messages/body_view.h"
#include "ui/messages/due_strip.h"
#include "ui/messages/message_facts.h"
#include "ui/messages/time_line_model.h"
#include "ui/messages/time_line_view.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

namespace punctual::ui
{

namespace
{

constexpr int mostReplays = 20;
constexpr int mostDeeds = 200;

} // namespace

MessageDetails::MessageDetails(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_tabs(new QTabWidget)
    , m_attempts(new AttemptModel(workspace.zone, this))
    , m_timeLine(new TimeLineModel(workspace.zone, this))
    , m_dueStrip(new DueStrip(workspace))
    , m_facts(new MessageFacts(workspace))
    , m_body(new BodyView)
{
    m_tabs->setDocumentMode(true); // in the order of Tab
    m_tabs->addTab(m_body, tr("&Body"));
    m_tabs->addTab(makeTimeLine(), tr("T&ime line"));
    m_tabs->addTab(makeAttempts(), tr("Attem&pts"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_facts);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    m_frame = new ViewFrame(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    connect(m_frame, &ViewFrame::retryRequested, this, &MessageDetails::refresh);
    connect(m_facts, &MessageFacts::messageRequested, this, &MessageDetails::messageRequested);
    connect(m_dueStrip, &DueStrip::rescheduleRequested, this, &MessageDetails::rescheduleRequested);
    clear();
}

void MessageDetails::openTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void MessageDetails::show(const MessageId& id)
{
    if (id == m_id)
        return;
    m_id = id;
    forget();
    m_frame->showLoading(); // never the words of one message below the name of another
    refresh();
}

template <class T>
std::function<void(Result<T>)> MessageDetails::ifStillShown(void (MessageDetails::*taker)(const Result<T>&))
{
    return [this, taker, id = m_id](const Result<T>& answer) {
        if (id == m_id)
            (this->*taker)(answer);
    };
}

void MessageDetails::refresh()
{
    if (m_id.isNull())
        return;
    auto& client = m_workspace.client;
    client.find(m_workspace.actor, m_id, this, ifStillShown(&MessageDetails::take));
    client.attempts(m_workspace.actor, m_id, this, ifStillShown(&MessageDetails::takeAttempts));
    client.replays(m_workspace.actor, m_id, mostReplays, this, ifStillShown(&MessageDetails::takeReplays));
    AuditFilter filter;
    filter.kind = QStringLiteral("message");
    filter.object = toText(m_id);
    client.audit(m_workspace.actor, filter, mostDeeds, this, ifStillShown(&MessageDetails::takeAudit));
}

void MessageDetails::refreshWhy()
{
    if (m_whyUnderWay || !m_message || isFinal(m_message->state))
        return;
    m_whyUnderWay = true;
    m_workspace.client.why(m_workspace.actor, m_id, this, [this, id = m_id](const Result<Why>& answer) {
        m_whyUnderWay = false;
        if (id == m_id && answer) // else find() says what is wrong
            m_facts->showWhy(*answer);
    });
}

void MessageDetails::clear()
{
    m_id = {};
    forget();
    m_frame->showEmpty(tr("Select a message to see its body, its attempts, and why it has not gone yet."));
}

void MessageDetails::forget()
{
    m_isAnother = true;
    m_message.reset();
    m_attemptList.clear();
    m_audit.clear();
    m_body->clear();
    m_attempts->show({});
    m_attemptFrame->showLoading();
    m_timeLine->show({});
    m_dueStrip->clear();
}

QWidget* MessageDetails::makeTimeLine()
{
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_dueStrip);
    layout->addWidget(new TimeLineView(*m_timeLine), 1);
    return both;
}

QWidget* MessageDetails::makeAttempts()
{
    auto* table = new QTableView;
    table->setModel(m_attempts);
    table->setAccessibleName(tr("Attempts"));
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setColumnWidth(AttemptModel::Number, 70);
    table->setColumnWidth(AttemptModel::Started, 210);
    table->setColumnWidth(AttemptModel::Result, 160);
    m_attemptFrame = new ViewFrame(table);
    connect(m_attemptFrame, &ViewFrame::retryRequested, this, &MessageDetails::refresh);
    return m_attemptFrame;
}

void MessageDetails::take(const Result<Message>& answer)
{
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_message = *answer;
    m_facts->show(*answer);
    m_dueStrip->show(*answer);
    m_body->show(answer->content.value_or(Content{}));
    showTimeLine();
    m_frame->showContent();
    refreshWhy();
}

void MessageDetails::takeAttempts(const Result<std::vector<Attempt>>& answer)
{
    if (!answer) {
        m_attemptFrame->showError(errorText(answer.error()));
        return;
    }
    if (m_isAnother)
        m_attempts->show(*answer);
    else
        m_attempts->extend(*answer);
    m_isAnother = false;
    m_attemptList = *answer;
    if (m_attemptList.empty())
        m_attemptFrame->showEmpty(tr("There has been no attempt yet."));
    else
        m_attemptFrame->showContent();
    showTimeLine();
}

void MessageDetails::takeReplays(const Result<std::vector<MessageId>>& answer)
{
    if (answer)
        m_facts->showReplays(*answer);
}

/// A role that may not read the audit sees the rest.
void MessageDetails::takeAudit(const Result<std::vector<AuditEntry>>& answer)
{
    if (!answer)
        return;
    m_audit = *answer;
    showTimeLine();
}

void MessageDetails::showTimeLine()
{
    if (m_message)
        m_timeLine->show(
            timeLineOf(*m_message, m_attemptList, m_audit, m_workspace.clock.now(), m_workspace.zone));
}

} // namespace punctual::ui
