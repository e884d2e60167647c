// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dead_letters/dead_letters_page.h"

#include "ui/common/destination_combo.h"
#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/dead_letters/trend_delegate.h"
#include "ui/messages/message_details.h"
#include "ui/operations/bulk_dialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int groupsAPage = 200;
constexpr int gentlePace = 50; // a second: what has just come back is not to be thrown over again

MessageFilter filterOf(const DeadLetterGroup& group)
{
    return {
        .states = {MessageState::Dead}, .destination = group.destination, .fingerprint = group.fingerprint};
}

} // namespace

DeadLettersPage::DeadLettersPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.zone)
    , m_wanted(groupsAPage)
    , m_actions(workspace)
    , m_destination(new DestinationCombo(workspace, tr("All destinations")))
    , m_one(makeAction(tr("Send &this one again"), QStringLiteral("replay"), &DeadLettersPage::replayOne))
    , m_edited(
          makeAction(tr("&Edit and send this one again…"), QStringLiteral("edit"), &DeadLettersPage::editOne))
    , m_canary(makeAction(tr("Try a &canary…"), QStringLiteral("canary"), &DeadLettersPage::replayCanary))
    , m_group(makeAction(tr("Send the &group again…"), QStringLiteral("replay-group"),
                         &DeadLettersPage::replayGroup))
    , m_messages(
          makeAction(tr("Show its &messages"), QStringLiteral("messages"), &DeadLettersPage::showMessages))
    , m_all(makeAction(tr("Send &all again…"), QStringLiteral("replay-all"), &DeadLettersPage::replayAll))
    , m_range(makeAction(tr("Send a time &range again…"), QStringLiteral("schedule"),
                         &DeadLettersPage::replayRange))
    , m_resolve(makeAction(tr("Reso&lve unknown…"), QStringLiteral("decide"), &DeadLettersPage::resolve))
    , m_result(new ToneLabel(Tone::Neutral))
    , m_table(new QTableView)
    , m_details(new MessageDetails(workspace))
    , m_frame(new ViewFrame(m_table))
    , m_refresher(new Refresher(*this, 3s, [this] { ask(); }))
{
    layOut();
    m_details->openTab(MessageDetails::Tab::Attempts); // what the third party said comes first here
    connect(m_destination, &QComboBox::currentIndexChanged, this, [this] {
        m_wanted = groupsAPage;
        refresh();
    });
    connect(&m_model, &DeadLetterModel::moreWanted, this, [this] {
        m_wanted = m_read.size() + groupsAPage;
        refresh();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DeadLettersPage::takeSelection);
    connect(&m_actions, &MessageActions::finished, this, [this](const QString& text, bool worked) {
        m_result->setTone(worked ? Tone::Good : Tone::Warning);
        m_result->setText(text);
        m_result->show();
        refresh();
    });
    connect(m_frame, &ViewFrame::retryRequested, this, &DeadLettersPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
    connect(&workspace.rights, &Rights::changed, this, &DeadLettersPage::offerActions);
    takeSelection();
}

QAction* DeadLettersPage::makeAction(const QString& text, const QString& icon,
                                     void (DeadLettersPage::*slot)())
{
    auto* action = new QAction(lineIcon(icon), text, this);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

QList<QAction*> DeadLettersPage::actionsOfDeadLetters() const
{
    return {m_one, m_edited, m_canary, m_group, m_messages, m_all, m_range, m_resolve};
}

void DeadLettersPage::layOut()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(DeadLetterModel::Trend, new TrendDelegate(m_table));
    m_table->setAccessibleName(tr("Dead letters"));
    m_table->addActions({m_one, m_edited, m_canary, m_group, m_messages});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    makeDense(*m_table, {8, 43, 14, 8, 38, 30});
    m_result->setAccessibleName(tr("Result"));
    m_result->hide();
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_frame);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(makeBar());
    layout->addWidget(m_result);
    layout->addWidget(splitter, 1);
}

QLayout* DeadLettersPage::makeBar()
{
    const auto makeRow = [](const QList<QAction*>& actions) {
        auto* row = new QHBoxLayout;
        for (auto* action : actions) {
            auto* button = new QToolButton;
            button->setDefaultAction(action);
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            button->setFocusPolicy(Qt::TabFocus);
            button->setAccessibleName(action->text().remove(u'&'));
            row->addWidget(button);
        }
        return row;
    };
    auto* label = new QLabel(tr("Destinati&on:"));
    label->setBuddy(m_destination);
    m_destination->setAccessibleName(tr("Destination"));
    auto* all = makeRow({m_all, m_range, m_resolve});
    all->insertWidget(0, label);
    all->insertWidget(1, m_destination);
    all->insertSpacing(2, 8);
    all->addStretch();
    auto* group = makeRow({m_one, m_edited, m_canary, m_group, m_messages});
    group->addStretch();
    auto* bar = new QVBoxLayout;
    bar->addLayout(all);
    bar->addLayout(group);
    return bar;
}

void DeadLettersPage::refresh()
{
    m_refresher->refresh();
}

void DeadLettersPage::ask()
{
    m_read.clear();
    read(std::nullopt);
    m_workspace.client.destinationFigures(
        m_workspace.actor, this,
        [this](const Result<std::vector<DestinationFigures>>& answer) { takeFigures(answer); });
}

void DeadLettersPage::read(const std::optional<DeadLetterCursor>& after)
{
    const QString destination = m_destination->destination();
    m_workspace.client.deadLetters(m_workspace.actor, destination, after, groupsAPage, this,
                                   [this, destination](const Result<DeadLetterPage>& answer) {
                                       if (destination == m_destination->destination())
                                           takePage(answer);
                                       else
                                           m_refresher->answered(); // another one was chosen meanwhile
                                   });
}

/// A group that has moved up since the page before was read is in both.
void DeadLettersPage::takePage(const Result<DeadLetterPage>& answer)
{
    if (!answer) {
        m_refresher->answered();
        m_frame->showError(errorText(answer.error()));
        return;
    }
    for (const auto& group : answer->items)
        if (std::none_of(m_read.begin(), m_read.end(), [&group](const DeadLetterGroup& known) {
                return known.fingerprint == group.fingerprint;
            }))
            m_read.push_back(group);
    if (answer->next && m_read.size() < m_wanted) {
        read(answer->next);
        return;
    }
    m_refresher->answered();
    showGroups(m_read, answer->next.has_value());
}

void DeadLettersPage::showGroups(const std::vector<DeadLetterGroup>& groups, bool hasMore)
{
    m_model.show(groups, hasMore);
    if (groups.empty())
        m_frame->showEmpty(m_destination->destination().isEmpty()
                               ? tr("No dead letters. Everything that was due has arrived or is still tried.")
                               : tr("This destination has no dead letters."));
    else
        m_frame->showContent();
    if (selected() == nullptr && !groups.empty())
        m_table->selectRow(0);
    takeSelection();
}

void DeadLettersPage::takeFigures(const Result<std::vector<DestinationFigures>>& answer)
{
    if (!answer)
        return; // the list says what is wrong
    qint64 count = 0;
    for (const auto& figures : *answer)
        if (m_destination->destination().isEmpty() ||
            m_destination->destination() == figures.destination.name)
            if (const auto found = figures.messages.find(MessageState::Unknown);
                found != figures.messages.end())
                count += found->second;
    m_unknown = count;
    offerActions();
}

const DeadLetterGroup* DeadLettersPage::selected() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_model.at(rows.front().row());
}

void DeadLettersPage::takeSelection()
{
    const auto* group = selected();
    offerActions();
    if (group != nullptr)
        m_details->show(group->message);
    else
        m_details->clear();
}

void DeadLettersPage::offerActions()
{
    const auto& rights = m_workspace.rights;
    const bool isGroup = selected() != nullptr;
    const QString none = tr("Select a group first.");
    offer(*m_one, rights, Right::Replay, isGroup, none);
    offer(*m_edited, rights, Right::Replay, isGroup, none);
    offer(*m_canary, rights, Right::RunOperations, isGroup, none);
    offer(*m_group, rights, Right::RunOperations, isGroup, none);
    offer(*m_messages, isGroup, none);
    offer(*m_all, rights, Right::RunOperations, m_model.rowCount() > 0, tr("There are no dead letters."));
    offer(*m_range, rights, Right::RunOperations);
    m_resolve->setText(m_unknown > 0 ? tr("Reso&lve %1 unknown…").arg(QLocale().toString(m_unknown))
                                     : tr("Reso&lve unknown…"));
    offer(*m_resolve, rights, Right::RunOperations, m_unknown > 0, tr("No message is unknown."));
    if (m_resolve->isEnabled())
        m_resolve->setToolTip(tr("They were sent and no answer came: a person has to decide"));
}

void DeadLettersPage::replayOne()
{
    if (const auto* group = selected())
        m_actions.replay({group->message}, window());
}

void DeadLettersPage::editOne()
{
    if (const auto* group = selected())
        m_actions.editAndReplay(group->message, window());
}

void DeadLettersPage::replayGroup()
{
    if (const auto* group = selected())
        open({.action = OperationAction::Replay, .filter = filterOf(*group), .perSecond = gentlePace});
}

void DeadLettersPage::replayCanary()
{
    if (const auto* group = selected())
        open({.action = OperationAction::Replay, .filter = filterOf(*group), .canary = true});
}

void DeadLettersPage::replayAll()
{
    open({.action = OperationAction::Replay,
          .filter = {.states = {MessageState::Dead}, .destination = m_destination->destination()},
          .perSecond = gentlePace});
}

void DeadLettersPage::replayRange()
{
    auto* dialog = new RangeDialog(m_workspace, m_destination->destination(), window());
    connect(dialog, &RangeDialog::chosen, this, [this](const MessageFilter& filter) {
        open({.action = OperationAction::Replay, .filter = filter, .perSecond = gentlePace});
    });
    dialog->open();
}

void DeadLettersPage::resolve()
{
    open({.action = OperationAction::Resolve,
          .filter = {.states = {MessageState::Unknown}, .destination = m_destination->destination()}});
}

void DeadLettersPage::showMessages()
{
    if (const auto* group = selected())
        Q_EMIT messagesRequested(filterOf(*group));
}

void DeadLettersPage::open(const NewOperation& operation)
{
    auto* dialog = new BulkDialog(m_workspace, operation, window());
    connect(dialog, &BulkDialog::progressed, this, &DeadLettersPage::refresh);
    dialog->open();
}

} // namespace punctual::ui
