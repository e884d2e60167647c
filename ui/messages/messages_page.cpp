// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messages_page.h"

#include "core/uuid_v7.h"
#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/common/request_text.h"
#include "ui/common/result_bar.h"
#include "ui/common/rights.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/messages/edit_dialog.h"
#include "ui/messages/list_end.h"
#include "ui/messages/matching_menu.h"
#include "ui/messages/message_details.h"
#include "ui/messages/message_filter_bar.h"
#include "ui/messages/message_table.h"
#include "ui/messages/reschedule_dialog.h"
#include "ui/messages/resolve_dialog.h"

#include <QAction>
#include <QClipboard>
#include <QDataStream>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

MessagesPage::MessagesPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.clock, workspace.zone)
    , m_feed(workspace, m_model)
    , m_actions(workspace)
    , m_commands(workspace.rights)
    , m_firstDelivery(workspace)
    , m_filters(new MessageFilterBar(workspace))
    , m_table(new MessageTable(m_model))
    , m_details(new MessageDetails(workspace))
    , m_frame(new ViewFrame(m_table))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_matching(new MatchingMenu(workspace))
    , m_result(new ResultBar)
    , m_undo(new QAction(lineIcon(QStringLiteral("restore")), tr("&Undo"), this))
    , m_end(new ListEnd(workspace.zone))
{
    layOut();
    connectCommands();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &MessagesPage::refresh);
    connect(&m_timer, &QTimer::timeout, m_details, &MessageDetails::refreshWhy);
    connect(m_filters, &MessageFilterBar::filterChanged, this, &MessagesPage::applyFilter);
    connect(&m_feed, &MessageFeed::answered, this, &MessagesPage::takeRows);
    connect(&m_feed, &MessageFeed::failed, this,
            [this](const Error& error) { showTrouble(errorText(error)); });
    connect(&m_feed, &MessageFeed::late, this,
            [this] { showTrouble(tr("The database is slow to answer.")); });
    m_otherRows.setSingleShot(true);
    m_otherRows.setInterval(300ms); // a filter that is answered at once does not flicker
    connect(&m_otherRows, &QTimer::timeout, m_frame, &ViewFrame::showLoading);
    connect(&m_actions, &MessageActions::finished, this, &MessagesPage::showResult);
    connect(m_matching, &MatchingMenu::progressed, this, &MessagesPage::refresh);
    connect(&m_actions, &MessageActions::cancelled, this, [this](const std::vector<MessageId>& ids) {
        m_result->offerUndo([this, ids] { m_actions.restore(ids); });
    });
    connect(&m_actions, &MessageActions::rescheduled, this,
            [this](const std::vector<MessageActions::Due>& before) {
                m_result->offerUndo([this, before] { m_actions.moveBack(before); });
            });
    connect(m_details, &MessageDetails::rescheduleRequested, this, [this](const MessageId& id, Instant due) {
        if (const auto& message = m_details->message(); message && message->id == id)
            askForDue({*message}, due);
    });
    connect(m_details, &MessageDetails::messageRequested, this, &MessagesPage::showMessage);
    connect(m_frame, &ViewFrame::retryRequested, this, &MessagesPage::refresh);
    connect(m_frame, &ViewFrame::beginningRequested, this, &MessagesPage::deliverFirst);
    connect(&m_firstDelivery, &TestDelivery::progressed, m_result, &ResultBar::show);
    connect(m_table, &MessageTable::selectionMoved, this, &MessagesPage::takeSelection);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &MessagesPage::refresh);
    connect(&m_model, &MessageModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() && m_table->currentIndex().row() == first.row())
                    m_details->refresh();
            });
    connect(&workspace.rights, &Rights::changed, this,
            [this] { m_commands.offer(m_table->selectedMessages()); });
    takeSelection();
}

void MessagesPage::connectCommands()
{
    connect(m_commands.cancel, &QAction::triggered, this,
            [this] { m_actions.cancel(m_table->selectedIds(), window()); });
    connect(m_commands.restore, &QAction::triggered, this,
            [this] { m_actions.restore(m_table->selectedIds()); });
    connect(m_commands.reschedule, &QAction::triggered, this, [this] {
        if (const auto selected = m_table->selectedMessages(); !selected.empty())
            askForDue(selected, selected.front().dueAt);
    });
    connect(m_commands.edit, &QAction::triggered, this, &MessagesPage::edit);
    connect(m_commands.replay, &QAction::triggered, this,
            [this] { m_actions.replay(m_table->selectedIds(), window()); });
    connect(m_commands.editAndReplay, &QAction::triggered, this, [this] {
        if (const auto ids = m_table->selectedIds(); ids.size() == 1)
            m_actions.editAndReplay(ids.front(), window());
    });
    connect(m_commands.resolve, &QAction::triggered, this, &MessagesPage::askForResolution);
    connect(m_commands.copyId, &QAction::triggered, this, &MessagesPage::copyIds);
    connect(m_commands.copyCurl, &QAction::triggered, this, &MessagesPage::copyCurl);
    m_table->addActions(m_commands.all());
    m_undo->setShortcut(QKeySequence::Undo);
    connect(m_undo, &QAction::triggered, m_result, &ResultBar::undo);
    const auto offerUndo = [this](bool offered) {
        offer(*m_undo, offered, tr("There is nothing to take back."));
    };
    connect(m_result, &ResultBar::undoOffered, this, offerUndo);
    offerUndo(false);
}

QHBoxLayout* MessagesPage::makeCommandBar()
{
    auto* bar = new QHBoxLayout;
    for (auto* action : {m_commands.cancel, m_commands.restore, m_commands.reschedule, m_commands.edit,
                         m_commands.replay, m_commands.resolve}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAutoRaise(true);
        bar->addWidget(button);
    }
    bar->addWidget(m_matching);
    bar->addStretch();
    auto* columns = new QToolButton;
    columns->setIcon(lineIcon(QStringLiteral("columns")));
    columns->setText(tr("&Columns"));
    columns->setToolTip(tr("Which columns the table has"));
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setFocusPolicy(Qt::TabFocus);
    columns->setAutoRaise(true);
    auto* menu = new QMenu(columns);
    menu->addActions(m_table->columnActions());
    columns->setMenu(menu);
    bar->addWidget(columns);
    return bar;
}

void MessagesPage::layOut()
{
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_frame, 1);
    column->addWidget(m_end);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_filters);
    layout->addLayout(makeCommandBar());
    layout->addWidget(m_result);
    layout->addWidget(m_splitter, 1);
}

const QList<QAction*>& MessagesPage::columnActions() const
{
    return m_table->columnActions();
}

void MessagesPage::showMessage(const MessageId& id)
{
    m_wanted = id;
    m_filters->searchFor(toText(id));
}

void MessagesPage::showMessages(const MessageFilter& filter)
{
    m_wanted = {};
    m_filters->show(filter);
}

void MessagesPage::refresh()
{
    if (!isVisible())
        return;
    const int first = m_table->firstVisibleRow();
    m_model.tick(first, first + m_table->rowsThatFit());
    m_feed.refresh(first, m_table->rowsThatFit());
}

void MessagesPage::focusSearch()
{
    m_filters->focusSearch();
}

QByteArray MessagesPage::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_table->saveColumns();
    return layout;
}

void MessagesPage::restoreLayout(const QByteArray& layout)
{
    QDataStream stream(layout);
    QByteArray shares;
    QByteArray columns;
    stream >> shares >> columns;
    if (stream.status() != QDataStream::Ok)
        return;
    m_splitter->restoreState(shares);
    m_table->restoreColumns(columns);
}

QString MessagesPage::saveViews() const
{
    return m_filters->saveViews();
}

void MessagesPage::restoreViews(const QString& text)
{
    m_filters->restoreViews(text);
}

void MessagesPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_timer.start();
    m_feed.setActive(true);
    refresh();
}

void MessagesPage::hideEvent(QHideEvent* event)
{
    m_timer.stop();
    m_feed.setActive(false);
    QWidget::hideEvent(event);
}

void MessagesPage::applyFilter()
{
    m_result->clear();
    m_otherRows.start();
    m_feed.setFilter(m_filters->filter());
    m_matching->setFilter(m_filters->filter());
}

/// Rows of the filter before are no answer to this one, not even one that is out of date.
void MessagesPage::showTrouble(const QString& text)
{
    m_otherRows.stop();
    if (!m_feed.isCurrent())
        m_frame->showLoading();
    m_frame->showError(text);
}

void MessagesPage::takeRows()
{
    m_otherRows.stop();
    if (m_model.rowCount() == 0 && m_feed.isLooking())
        m_frame->showLoading();
    else if (m_model.rowCount() == 0 && m_feed.filter() != MessageFilter{})
        m_frame->showEmpty(tr("No message fits this filter."));
    else if (const QString refused = m_workspace.rights.whyNot(Right::Schedule);
             m_model.rowCount() == 0 && !refused.isEmpty())
        m_frame->showEmpty(tr("There are no messages yet.") + u'\n' + refused);
    else if (m_model.rowCount() == 0)
        m_frame->showBeginning(
            tr("There are no messages yet. Schedule the first one with Ctrl+N, or see one being "
               "delivered: the destination echo answers here, without any third party."),
            tr("Deliver a first messa&ge to echo"));
    else
        m_frame->showContent();
    m_end->show(m_model, m_feed);
    if (!m_wanted.isNull() && m_table->select(m_wanted))
        m_wanted = {};
    m_commands.offer(m_table->selectedMessages());
}

void MessagesPage::takeSelection()
{
    const auto ids = m_table->selectedIds();
    m_commands.offer(m_table->selectedMessages());
    if (ids.size() == 1)
        m_details->show(ids.front());
    else
        m_details->clear();
}

void MessagesPage::askForDue(const std::vector<Message>& messages, Instant proposed)
{
    auto* dialog = new RescheduleDialog(static_cast<int>(messages.size()), proposed, m_workspace.clock,
                                        m_workspace.zone, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    std::vector<MessageActions::Due> before;
    for (const auto& message : messages)
        before.emplace_back(message.id, message.dueAt);
    connect(dialog, &RescheduleDialog::chosen, this,
            [this, before](Instant due) { m_actions.reschedule(before, due); });
    dialog->open();
}

void MessagesPage::askForResolution()
{
    const auto ids = m_table->selectedIds();
    if (ids.empty())
        return;
    auto* dialog = new ResolveDialog(static_cast<int>(ids.size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ResolveDialog::decided, this,
            [this, ids](MessageState as, const QString& reason) { m_actions.resolve(ids, as, reason); });
    dialog->open();
}

QList<QAction*> MessagesPage::actionsOfAll() const
{
    return m_matching->actionsOfAll();
}

void MessagesPage::deliverFirst()
{
    m_firstDelivery.send(echoName, {QByteArrayLiteral("{\"hello\": \"world\"}")});
}

/// It is read anew: the list has no bodies.
void MessagesPage::edit()
{
    const auto ids = m_table->selectedIds();
    if (ids.size() != 1)
        return;
    m_workspace.client.find(m_workspace.actor, ids.front(), this, [this](const Result<Message>& message) {
        if (!message) {
            m_result->show(errorText(message.error()), Tone::Bad);
            return;
        }
        auto* dialog = new EditDialog(*message, m_workspace.clock, m_workspace.zone, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &EditDialog::changed, this,
                [this, id = message->id](const MessageChange& change) { m_actions.change(id, change); });
        dialog->open();
    });
}

void MessagesPage::copyIds()
{
    QStringList texts;
    for (const auto& id : m_table->selectedIds())
        texts << toText(id);
    QGuiApplication::clipboard()->setText(texts.join(u'\n'));
}

/// Both are read anew: the list has no bodies, and the destination may have changed.
void MessagesPage::copyCurl()
{
    const auto ids = m_table->selectedIds();
    if (ids.size() != 1)
        return;
    const auto failed = [this](const Error& error) { m_result->show(errorText(error), Tone::Bad); };
    m_workspace.client.find(
        m_workspace.actor, ids.front(), this, [this, failed](const Result<Message>& message) {
            if (!message)
                return failed(message.error());
            m_workspace.client.destination(
                m_workspace.actor, message->destination, this,
                [this, failed, message = *message](const Result<Destination>& destination) {
                    if (!destination)
                        return failed(destination.error());
                    QGuiApplication::clipboard()->setText(
                        curlCommand({message.id, message.dueAt, std::max(1, message.attempts),
                                     message.content.value_or(Content{})},
                                    *destination));
                    m_result->show(tr("Copied as a command for curl, without credentials."), Tone::Good);
                });
        });
}

void MessagesPage::showResult(const QString& text, bool worked)
{
    m_result->show(text, worked ? Tone::Good : Tone::Warning);
    refresh();
    m_details->refresh();
}

} // namespace punctual::ui
