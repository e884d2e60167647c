// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_actions.h"

#include "ui/common/dialogs.h"
#include "ui/common/wording.h"
#include "ui/messages/verdict_text.h"

namespace punctual::ui
{

MessageActions::MessageActions(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void MessageActions::cancel(const std::vector<MessageId>& ids, QWidget* window)
{
    if (ids.empty())
        return;
    const auto cancelAll = [this, ids] {
        const auto round = std::make_shared<Round>(
            Round{ids.size(), ids.size(), 0, {}, [this, ids](int worked) {
                      return ids.size() == 1
                                 ? verdictText({MessageState::Cancelled, {}}, m_workspace.zone)
                                 : tr("%n message(s) cancelled. They will not be sent.", nullptr, worked);
                  }});
        for (const auto& id : ids)
            m_workspace.client.cancel(
                m_workspace.actor, id, this,
                [this, round](const Result<CancelVerdict>& answer) { take(*round, problemOf(answer)); });
    };
    m_workspace.dialogs.ask(window,
                            {tr("Cancel messages"),
                             tr("Cancel %n message(s)?", nullptr, static_cast<int>(ids.size())),
                             tr("Cancel the sending"), tr("Keep")},
                            cancelAll);
}

void MessageActions::replay(const std::vector<MessageId>& ids, QWidget* window)
{
    if (ids.empty())
        return;
    const auto replayAll = [this, ids] {
        const auto round =
            std::make_shared<Round>(Round{ids.size(), ids.size(), 0, {}, [](int worked) {
                                              return tr("%n message(s) scheduled again.", nullptr, worked);
                                          }});
        for (const auto& id : ids)
            m_workspace.client.replay(
                m_workspace.actor, id, {}, this,
                [this, round](const Result<Replayed>& answer) { take(*round, problemOf(answer)); });
    };
    m_workspace.dialogs.ask(window,
                            {tr("Send again"),
                             tr("Send %n message(s) again? The third party takes each for a new one.",
                                nullptr, static_cast<int>(ids.size())),
                             tr("Send again"), tr("Do not send")},
                            replayAll);
}

void MessageActions::take(Round& round, const QString& problem)
{
    if (problem.isEmpty())
        ++round.worked;
    else
        ++round.others[problem];
    if (--round.open > 0)
        return;
    QStringList lines;
    if (round.worked > 0)
        lines << round.success(round.worked);
    for (const auto& [text, count] : round.others)
        lines << (round.total == 1 ? text : tr("%n message(s): %1", nullptr, count).arg(text));
    Q_EMIT finished(lines.join(u'\n'), round.others.empty());
}

QString MessageActions::problemOf(const Result<CancelVerdict>& answer) const
{
    if (!answer)
        return errorText(answer.error());
    return answer->isCancelled() ? QString() : verdictText(*answer, m_workspace.zone);
}

QString MessageActions::problemOf(const Result<Replayed>& answer)
{
    if (!answer)
        return errorText(answer.error());
    if (answer->replay)
        return {};
    return answer->state ? tr("%1: only what is over can be sent again.").arg(stateName(*answer->state))
                         : tr("There is no such message.");
}

} // namespace punctual::ui
