// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messages_page.h"

#include "core/uuid_v7.h"
#include "ui/common/icon.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/messages/matching_menu.h"
#include "ui/messages/message_details.h"
#include "ui/messages/message_filter_bar.h"
#include "ui/messages/message_table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
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
    , m_filters(new MessageFilterBar(workspace))
    , m_table(new MessageTable(m_model))
    , m_details(new MessageDetails(workspace))
    , m_frame(new ViewFrame(m_table))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_result(new ToneLabel(Tone::Neutral))
    , m_cancel(new QAction(lineIcon(QStringLiteral("cancel")), tr("&Cancel message"), this))
    , m_replay(new QAction(lineIcon(QStringLiteral("replay")), tr("Send a&gain"), this))
    , m_copyId(new QAction(lineIcon(QStringLiteral("copy")), tr("Copy &id"), this))
    , m_matching(new MatchingMenu(workspace))
{
    makeActions();
    layOut();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &MessagesPage::refresh);
    connect(m_filters, &MessageFilterBar::filterChanged, this, &MessagesPage::applyFilter);
    connect(&m_feed, &MessageFeed::answered, this, &MessagesPage::takeRows);
    connect(&m_feed, &MessageFeed::failed, this,
            [this](const Error& error) { m_frame->showError(errorText(error)); });
    connect(&m_actions, &MessageActions::finished, this, &MessagesPage::showResult);
    connect(m_matching, &MatchingMenu::progressed, this, &MessagesPage::refresh);
    connect(m_frame, &ViewFrame::retryRequested, this, &MessagesPage::refresh);
    connect(m_table, &MessageTable::selectionMoved, this, &MessagesPage::takeSelection);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &MessagesPage::refresh);
    connect(&m_model, &MessageModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() && m_table->currentIndex().row() == first.row())
                    m_details->refresh();
            });
    takeSelection();
}

void MessagesPage::makeActions()
{
    m_cancel->setShortcut(QKeySequence::Delete);
    m_cancel->setShortcutContext(Qt::WidgetShortcut);
    m_copyId->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    connect(m_cancel, &QAction::triggered, this, &MessagesPage::cancelSelected);
    m_replay->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    connect(m_replay, &QAction::triggered, this, &MessagesPage::replaySelected);
    connect(m_copyId, &QAction::triggered, this, &MessagesPage::copyIds);
    m_table->addActions({m_cancel, m_replay, m_copyId});
}

void MessagesPage::layOut()
{
    auto* commands = new QHBoxLayout;
    for (auto* action : {m_cancel, m_replay}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        commands->addWidget(button);
    }
    commands->addWidget(m_matching);
    commands->addStretch();
    m_splitter->addWidget(m_frame);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_result->hide();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_filters);
    layout->addLayout(commands);
    layout->addWidget(m_result);
    layout->addWidget(m_splitter, 1);
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
    return m_splitter->saveState();
}

void MessagesPage::restoreLayout(const QByteArray& layout)
{
    m_splitter->restoreState(layout);
}

void MessagesPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_timer.start();
    refresh();
}

void MessagesPage::hideEvent(QHideEvent* event)
{
    m_timer.stop();
    QWidget::hideEvent(event);
}

void MessagesPage::applyFilter()
{
    m_result->hide();
    m_feed.setFilter(m_filters->filter());
    m_matching->setFilter(m_filters->filter());
}

void MessagesPage::takeRows()
{
    if (m_model.rowCount() == 0)
        m_frame->showEmpty(m_feed.filter() == MessageFilter{}
                               ? tr("There are no messages yet. Schedule the first one with Ctrl+N.")
                               : tr("No message fits this filter."));
    else
        m_frame->showContent();
    if (!m_wanted.isNull() && m_table->select(m_wanted))
        m_wanted = {};
}

void MessagesPage::takeSelection()
{
    const auto ids = m_table->selectedIds();
    m_cancel->setEnabled(!ids.empty());
    m_replay->setEnabled(!ids.empty());
    m_copyId->setEnabled(!ids.empty());
    if (ids.size() == 1)
        m_details->show(ids.front());
    else
        m_details->clear();
}

void MessagesPage::cancelSelected()
{
    m_actions.cancel(m_table->selectedIds(), window());
}

void MessagesPage::replaySelected()
{
    m_actions.replay(m_table->selectedIds(), window());
}

QList<QAction*> MessagesPage::actionsOfAll() const
{
    return m_matching->actionsOfAll();
}

void MessagesPage::copyIds()
{
    QStringList texts;
    for (const auto& id : m_table->selectedIds())
        texts << toText(id);
    QGuiApplication::clipboard()->setText(texts.join(u'\n'));
}

void MessagesPage::showResult(const QString& text, bool worked)
{
    m_result->setTone(worked ? Tone::Good : Tone::Warning);
    m_result->setText(text);
    m_result->show();
    refresh();
    m_details->refresh();
}

} // namespace punctual::ui
