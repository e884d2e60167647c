// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/matching_menu.h"

#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/operations/bulk_dialog.h"

#include <QMenu>

#include <algorithm>

namespace punctual::ui
{

namespace
{

/// As states_for() in 0005_operations.sql, which refuses other states.
bool isFor(OperationAction action, MessageState state)
{
    switch (action) {
    case OperationAction::Cancel:
        return isWaiting(state) || state == MessageState::Delivering;
    case OperationAction::Reschedule:
        return isWaiting(state);
    case OperationAction::Resolve:
        return state == MessageState::Unknown;
    case OperationAction::Restore:
        return state == MessageState::Cancelled;
    case OperationAction::Replay:
        return isFinal(state);
    }
    Q_UNREACHABLE();
}

} // namespace

MatchingMenu::MatchingMenu(const Workspace& workspace, QWidget* parent)
    : QToolButton(parent)
    , m_workspace(workspace)
{
    setText(tr("All that match"));
    setIcon(lineIcon(QStringLiteral("operations")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Cancel, reschedule or send again all messages that match the filter"));
    setMenu(new QMenu(this));
    add(OperationAction::Cancel, tr("Cancel &all that match…"), QStringLiteral("cancel"));
    add(OperationAction::Reschedule, tr("Resc&hedule all that match…"), QStringLiteral("schedule"));
    add(OperationAction::Replay, tr("Send all that &match again…"), QStringLiteral("replay"));
    add(OperationAction::Restore, tr("Res&tore all that match…"), QStringLiteral("undo"));
    add(OperationAction::Resolve, tr("Reso&lve all that match…"), QStringLiteral("decide"));
    connect(&workspace.rights, &Rights::changed, this, &MatchingMenu::offerActions);
    offerActions();
}

void MatchingMenu::add(OperationAction action, const QString& text, const QString& icon)
{
    auto* entry = menu()->addAction(lineIcon(icon), text);
    connect(entry, &QAction::triggered, this, [this, action] { open(action); });
    m_actions.emplace_back(action, entry);
}

void MatchingMenu::setFilter(const MessageFilter& filter)
{
    m_filter = filter;
    offerActions();
}

void MatchingMenu::offerActions()
{
    for (const auto& [action, entry] : m_actions)
        offer(*entry, m_workspace.rights, Right::RunOperations,
              std::all_of(m_filter.states.begin(), m_filter.states.end(),
                          [action = action](MessageState state) { return isFor(action, state); }),
              tr("The filter asks for states with which this is not possible."));
}

QList<QAction*> MatchingMenu::actionsOfAll() const
{
    return menu()->actions();
}

void MatchingMenu::open(OperationAction action)
{
    auto* dialog = new BulkDialog(m_workspace, {.action = action, .filter = m_filter}, window());
    connect(dialog, &BulkDialog::progressed, this, &MatchingMenu::progressed);
    dialog->open();
}

} // namespace punctual::ui
