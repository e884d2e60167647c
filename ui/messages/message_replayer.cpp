// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_replayer.h"

#include "ui/common/dialogs.h"
#include "ui/common/wording.h"

namespace punctual::ui
{

MessageReplayer::MessageReplayer(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void MessageReplayer::replay(const std::vector<MessageId>& ids, QWidget* window)
{
    if (ids.empty())
        return;
    m_workspace.dialogs.ask(window,
                            {tr("Send again"),
                             tr("Send %n message(s) again? The third party takes each for a new one.",
                                nullptr, static_cast<int>(ids.size())),
                             tr("Send again"), tr("Do not send")},
                            [this, ids] { begin(ids); });
}

void MessageReplayer::begin(const std::vector<MessageId>& ids)
{
    const auto round = std::make_shared<Round>(Round{ids.size(), ids.size(), 0, {}});
    for (const auto& id : ids)
        m_workspace.client.replay(m_workspace.actor, id, {}, this,
                                  [this, round](const Result<Replayed>& answer) { take(*round, answer); });
}

void MessageReplayer::take(Round& round, const Result<Replayed>& answer)
{
    if (answer && answer->replay)
        ++round.replayed;
    else if (!answer)
        ++round.others[errorText(answer.error())];
    else if (answer->state)
        ++round.others[tr("%1: only what is over can be sent again.").arg(stateName(*answer->state))];
    else
        ++round.others[tr("There is no such message.")];
    if (--round.open > 0)
        return;
    QStringList lines;
    if (round.replayed > 0)
        lines << tr("%n message(s) scheduled again.", nullptr, static_cast<int>(round.replayed));
    for (const auto& [text, count] : round.others)
        lines << (round.total == 1 ? text : tr("%n message(s): %1", nullptr, count).arg(text));
    Q_EMIT finished(lines.join(u'\n'), round.replayed == round.total);
}

} // namespace punctual::ui
