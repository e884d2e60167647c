// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_details.h"

#include "core/uuid_v7.h"
#include "ui/common/time_text.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/messages/attempt_model.h"
#include "ui/messages/body_view.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

namespace punctual::ui
{

MessageDetails::MessageDetails(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_attempts(new AttemptModel(workspace.zone, this))
    , m_body(new BodyView)
{
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_body, tr("&Body"));
    tabs->addTab(makeAttempts(), tr("&Attempts"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(makeFacts());
    splitter->addWidget(tabs);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    m_frame = new ViewFrame(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    connect(m_frame, &ViewFrame::retryRequested, this, &MessageDetails::refresh);
    clear();
}

void MessageDetails::show(const MessageId& id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_isAnother = true;
    refresh();
}

void MessageDetails::refresh()
{
    if (m_id.isNull())
        return;
    const auto isStillShown = [this, id = m_id] { return id == m_id; };
    m_workspace.client.find(m_workspace.actor, m_id, this,
                            [this, isStillShown](const Result<Message>& answer) {
                                if (isStillShown())
                                    take(answer);
                            });
    m_workspace.client.attempts(m_workspace.actor, m_id, this,
                                [this, isStillShown](const Result<std::vector<Attempt>>& answer) {
                                    if (isStillShown())
                                        takeAttempts(answer);
                                });
}

void MessageDetails::clear()
{
    m_id = {};
    m_body->clear();
    m_attempts->show({});
    m_frame->showEmpty(tr("Select a message to see its body and its attempts."));
}

QWidget* MessageDetails::makeFacts()
{
    auto* facts = new QWidget;
    auto* form = new QFormLayout(facts);
    form->setVerticalSpacing(3);
    m_state = addFact(form, tr("State:"));
    m_due = addFact(form, tr("Due:"));
    m_next = addFact(form, tr("Next attempt:"));
    m_created = addFact(form, tr("Created:"));
    m_finished = addFact(form, tr("Finished:"));
    m_destination = addFact(form, tr("Destination:"));
    m_key = addFact(form, tr("Key:"));
    m_tags = addFact(form, tr("Tags:"));
    m_result = addFact(form, tr("Last result:"));
    m_idText = addFact(form, tr("Id:"));
    auto* area = new QScrollArea;
    area->setWidget(facts);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setMinimumWidth(fontMetrics().averageCharWidth() * 58);
    area->setAccessibleName(tr("Facts about the message"));
    return area;
}

QLabel* MessageDetails::addFact(QFormLayout* form, const QString& name)
{
    auto* value = new QLabel;
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(QString(name).remove(u':'));
    form->addRow(name, value);
    return value;
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
    return table;
}

void MessageDetails::take(const Result<Message>& answer)
{
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    showFacts(*answer);
    m_body->show(answer->content.value_or(Content{}));
    m_frame->showContent();
}

void MessageDetails::takeAttempts(const Result<std::vector<Attempt>>& answer)
{
    if (!answer)
        return; // find() says what is wrong
    if (m_isAnother)
        m_attempts->show(*answer);
    else
        m_attempts->extend(*answer);
    m_isAnother = false;
}

void MessageDetails::showFacts(const Message& message)
{
    const auto showTime = [this](QLabel* label, const std::optional<Instant>& instant) {
        label->setText(instant ? timeText(*instant, m_workspace.zone) : QStringLiteral("–"));
        label->setToolTip(instant ? timeToolTip(*instant, m_workspace.zone) : QString());
    };
    const auto showText = [](QLabel* label, const QString& text) {
        label->setText(text.isEmpty() ? QStringLiteral("–") : text);
    };
    m_state->setText(message.cancelledBy.isEmpty()
                         ? tr("%1, attempt %2 of %3")
                               .arg(stateName(message.state))
                               .arg(message.attempts)
                               .arg(message.maxAttempts)
                         : tr("%1 by %2").arg(stateName(message.state), message.cancelledBy));
    showTime(m_due, message.dueAt);
    showTime(m_next, message.nextAttemptAt);
    showTime(m_created, message.createdAt);
    showTime(m_finished, message.finishedAt);
    showText(m_destination, tr("%1 (priority: %2)").arg(message.destination, priorityName(message.priority)));
    showText(m_key, message.key);
    showText(m_tags, message.tags.join(QStringLiteral(", ")));
    const QString status = message.lastStatus != 0 ? tr("HTTP %1").arg(message.lastStatus) : QString();
    showText(m_result, QStringList{status, message.lastError}.join(u' ').trimmed());
    showText(m_idText, toText(message.id));
}

} // namespace punctual::ui
