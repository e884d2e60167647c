// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_action_set.h"

#include "ui/common/icon.h"
#include "ui/common/offer.h"

#include <algorithm>

namespace punctual::ui
{

MessageActionSet::MessageActionSet(const Rights& rights, QObject* parent)
    : QObject(parent)
    , cancel(make(QStringLiteral("cancel"), tr("&Cancel message"), QKeySequence::Delete))
    , restore(make(QStringLiteral("restore"), tr("&Restore"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z))
    , reschedule(make(QStringLiteral("schedule"), tr("Resche&dule…"), Qt::CTRL | Qt::SHIFT | Qt::Key_D))
    , edit(make(QStringLiteral("edit"), tr("&Edit…"), Qt::CTRL | Qt::Key_E))
    , replay(make(QStringLiteral("replay"), tr("Send a&gain"), Qt::CTRL | Qt::SHIFT | Qt::Key_R))
    , editAndReplay(
          make(QStringLiteral("edit"), tr("Edit and send agai&n…"), Qt::CTRL | Qt::SHIFT | Qt::Key_G))
    , resolve(make(QStringLiteral("resolve"), tr("Re&solve…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E))
    , copyId(make(QStringLiteral("copy"), tr("Copy &id"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , copyCurl(make(QStringLiteral("copy"), tr("Cop&y as curl"), Qt::CTRL | Qt::SHIFT | Qt::Key_U))
    , m_rights(rights)
{
    cancel->setShortcutContext(Qt::WidgetShortcut); // Delete has its meaning in other fields
    offer({});
}

QAction* MessageActionSet::make(const QString& icon, const QString& text, const QKeySequence& shortcut)
{
    auto* action = new QAction(lineIcon(icon), text, this);
    action->setShortcut(shortcut);
    return action;
}

QList<QAction*> MessageActionSet::all() const
{
    return {cancel, restore, reschedule, edit, replay, editAndReplay, resolve, copyId, copyCurl};
}

void MessageActionSet::offer(const std::vector<Message>& selected)
{
    const QString none = tr("Select a message first.");
    const auto any = [&selected](auto&& fits) {
        return std::any_of(selected.begin(), selected.end(),
                           [&fits](const Message& message) { return fits(message.state); });
    };
    const auto is = [](MessageState wanted) {
        return [wanted](MessageState state) { return state == wanted; };
    };
    const auto why = [&](const QString& reason) { return selected.empty() ? none : reason; };
    const bool isOne = selected.size() == 1;
    const auto change = [this](QAction& action, Right right, bool possible, const QString& reason) {
        ui::offer(action, m_rights, right, possible, reason);
    };
    change(*cancel, Right::Cancel, !selected.empty(), none); // its verdict says in words why it was too late
    const QString notOver = tr("Only what is over can be sent again.");
    change(*replay, Right::Replay, any(isFinal), why(notOver));
    change(*editAndReplay, Right::Replay, isOne && any(isFinal), isOne ? notOver : tr("Select one message."));
    ui::offer(*copyId, !selected.empty(), none);
    ui::offer(*copyCurl, isOne, tr("Select one message."));
    change(*restore, Right::Restore, any(is(MessageState::Cancelled)),
           why(tr("Only what is cancelled can be restored.")));
    change(*reschedule, Right::Reschedule, any(isWaiting), why(tr("Only what waits can be rescheduled.")));
    change(*edit, Right::Edit, isOne && any(isWaiting),
           isOne ? tr("Only what waits can be edited.") : tr("Select one message."));
    change(*resolve, Right::Resolve, any(is(MessageState::Unknown)),
           why(tr("Only what is unknown has to be resolved.")));
}

} // namespace punctual::ui
