// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_actions.h"

#include "ui/common/dialogs.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"
#include "ui/messages/replay_dialog.h"
#include "ui/messages/verdict_text.h"

#include <QPointer>

#include <algorithm>

namespace punctual::ui
{

MessageActions::MessageActions(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void MessageActions::cancel(const std::vector<MessageId>& ids, QWidget* window)
{
    if (!ids.empty())
        m_workspace.dialogs.ask(window,
                                {tr("Cancel messages"),
                                 tr("Cancel %n message(s)?", nullptr, static_cast<int>(ids.size())),
                                 tr("Cancel the sending"), tr("Keep"), true},
                                [this, ids] { cancelNow(ids); });
}

void MessageActions::cancelNow(const std::vector<MessageId>& ids)
{
    const auto round = roundOf(ids, [this, isOne = ids.size() == 1](int worked) {
        return isOne ? verdictText({MessageState::Cancelled, {}}, m_workspace.zone)
                     : tr("%n message(s) cancelled. They will not be sent.", nullptr, worked);
    });
    round->done = [this](const std::vector<MessageId>& worked) { Q_EMIT cancelled(worked); };
    for (const auto& id : ids)
        m_workspace.client.cancel(m_workspace.actor, id, this,
                                  counted(round, id, &MessageActions::problemOfCancel));
}

void MessageActions::replay(const std::vector<MessageId>& ids, QWidget* window)
{
    if (!ids.empty())
        m_workspace.dialogs.ask(window,
                                {tr("Send again"),
                                 tr("Send %n message(s) again? The third party takes each for a new one.",
                                    nullptr, static_cast<int>(ids.size())),
                                 tr("Send again"), tr("Do not send")},
                                [this, ids] { replayNow(ids); });
}

/// It is read anew: lists have no bodies.
void MessageActions::editAndReplay(const MessageId& id, QWidget* window)
{
    m_workspace.client.find(m_workspace.actor, id, this,
                            [this, shown = QPointer(window)](const Result<Message>& message) {
                                if (shown)
                                    openReplay(message, shown);
                            });
}

void MessageActions::openReplay(const Result<Message>& message, QWidget* window)
{
    if (!message) {
        Q_EMIT finished(errorText(message.error()), false);
        return;
    }
    auto* dialog = new ReplayDialog(m_workspace, *message, window);
    connect(dialog, &ReplayDialog::chosen, this,
            [this, id = message->id](const ReplayChange& change) { replayNow({id}, change); });
    dialog->open();
}

void MessageActions::replayNow(const std::vector<MessageId>& ids, const ReplayChange& change)
{
    const auto round =
        roundOf(ids, [](int worked) { return tr("%n message(s) scheduled again.", nullptr, worked); });
    for (const auto& id : ids)
        m_workspace.client.replay(m_workspace.actor, id, change, this,
                                  counted(round, id, &MessageActions::problemOfReplay));
}

void MessageActions::restore(const std::vector<MessageId>& ids)
{
    const auto round = roundOf(ids, [](int worked) {
        return tr("%n message(s) restored. They will be sent when they are due.", nullptr, worked);
    });
    for (const auto& id : ids)
        m_workspace.client.restore(m_workspace.actor, id, this,
                                   counted(round, id, &MessageActions::problemOfRestore));
}

void MessageActions::reschedule(const std::vector<Due>& before, Instant dueAt)
{
    std::vector<MessageId> ids;
    for (const auto& [id, due] : before)
        ids.push_back(id);
    const auto round = roundOf(ids, [this, dueAt](int worked) {
        return tr("%n message(s) rescheduled to %1.", nullptr, worked).arg(timeText(dueAt, m_workspace.zone));
    });
    round->done = [this, before](const std::vector<MessageId>& worked) {
        std::vector<Due> moved;
        std::copy_if(before.begin(), before.end(), std::back_inserter(moved), [&](const Due& each) {
            return each.second > m_workspace.clock.now() &&
                   std::find(worked.begin(), worked.end(), each.first) != worked.end();
        });
        if (!moved.empty())
            Q_EMIT rescheduled(moved);
    };
    for (const auto& id : ids)
        m_workspace.client.reschedule(m_workspace.actor, id, dueAt, this,
                                      counted(round, id, &MessageActions::problemOfReschedule));
}

void MessageActions::moveBack(const std::vector<Due>& before)
{
    std::vector<MessageId> ids;
    for (const auto& [id, due] : before)
        ids.push_back(id);
    const auto round =
        roundOf(ids, [](int worked) { return tr("%n message(s) moved back.", nullptr, worked); });
    for (const auto& [id, due] : before)
        m_workspace.client.reschedule(m_workspace.actor, id, due, this,
                                      counted(round, id, &MessageActions::problemOfReschedule));
}

void MessageActions::change(const MessageId& id, const MessageChange& wanted)
{
    const auto round = roundOf({id}, [](int) { return tr("The message was changed."); });
    m_workspace.client.changeMessage(m_workspace.actor, id, wanted, this,
                                     counted(round, id, &MessageActions::problemOfChange));
}

void MessageActions::resolve(const std::vector<MessageId>& ids, MessageState as, const QString& reason)
{
    const auto round = roundOf(ids, [as](int worked) {
        return tr("%n message(s) resolved: %1.", nullptr, worked).arg(stateName(as));
    });
    Actor actor = m_workspace.actor;
    actor.reason = reason;
    for (const auto& id : ids)
        m_workspace.client.resolve(actor, id, as, this,
                                   counted(round, id, &MessageActions::problemOfResolve));
}

MessageActions::SharedRound MessageActions::roundOf(const std::vector<MessageId>& ids,
                                                    std::function<QString(int worked)> success)
{
    return std::make_shared<Round>(Round{ids.size(), ids.size(), std::move(success)});
}

template <class T>
client::Answer<T> MessageActions::counted(const SharedRound& round, const MessageId& id,
                                          QString (MessageActions::*problemOf)(const T&) const)
{
    return [this, round, id, problemOf](const Result<T>& answer) {
        take(*round, id, answer ? (this->*problemOf)(*answer) : errorText(answer.error()));
    };
}

void MessageActions::take(Round& round, const MessageId& id, const QString& problem)
{
    if (problem.isEmpty())
        round.worked.push_back(id);
    else
        ++round.others[problem];
    if (--round.open > 0)
        return;
    QStringList lines;
    if (!round.worked.empty())
        lines << round.success(static_cast<int>(round.worked.size()));
    for (const auto& [text, count] : round.others)
        lines << (round.total == 1 ? text : tr("%n message(s): %1", nullptr, count).arg(text));
    Q_EMIT finished(lines.join(u'\n'), round.others.empty());
    if (round.done && !round.worked.empty())
        round.done(round.worked);
}

QString MessageActions::problemOfCancel(const CancelVerdict& verdict) const
{
    return verdict.isCancelled() ? QString() : verdictText(verdict, m_workspace.zone);
}

QString MessageActions::problemOfReplay(const Replayed& replayed) const
{
    if (replayed.replay)
        return {};
    return replayed.state ? tr("%1: only what is over can be sent again.").arg(stateName(*replayed.state))
                          : tr("There is no such message.");
}

QString MessageActions::problemOfRestore(const MoveVerdict& verdict) const
{
    if (verdict.moved)
        return {};
    if (!verdict.state)
        return tr("There is no such message.");
    if (*verdict.state == MessageState::Cancelled)
        return tr("Too late: it can be restored only until it was due. Send it again instead.");
    return tr("%1: only what is cancelled can be restored.").arg(stateName(*verdict.state));
}

QString MessageActions::problemOfResolve(const MoveVerdict& verdict) const
{
    if (verdict.moved)
        return {};
    return verdict.state ? tr("%1: there is nothing to resolve.").arg(stateName(*verdict.state))
                         : tr("There is no such message.");
}

QString MessageActions::problemOfChange(const ChangeVerdict& verdict) const
{
    if (verdict.changed)
        return {};
    if (!verdict.state)
        return tr("There is no such message.");
    return verdict.isStale
               ? tr("Not changed: somebody changed it in the meantime. Look at it and edit it again.")
               : tr("%1: only what waits can be edited.").arg(stateName(*verdict.state));
}

QString MessageActions::problemOfReschedule(const Rescheduled& rescheduled) const
{
    if (rescheduled.moved)
        return {};
    return rescheduled.state
               ? tr("%1: only what waits can be rescheduled.").arg(stateName(*rescheduled.state))
               : tr("There is no such message.");
}

} // namespace punctual::ui
