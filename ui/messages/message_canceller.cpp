// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_canceller.h"

#include "ui/common/dialogs.h"
#include "ui/common/wording.h"
#include "ui/messages/verdict_text.h"

namespace punctual::ui
{

MessageCanceller::MessageCanceller(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void MessageCanceller::cancel(const std::vector<MessageId>& ids, QWidget* window)
{
    if (ids.empty())
        return;
    m_workspace.dialogs.ask(window,
                            {tr("Cancel messages"),
                             tr("Cancel %n message(s)?", nullptr, static_cast<int>(ids.size())),
                             tr("Cancel the sending"), tr("Keep")},
                            [this, ids] { begin(ids); });
}

void MessageCanceller::begin(const std::vector<MessageId>& ids)
{
    const auto round = std::make_shared<Round>(Round{ids.size(), ids.size(), 0, {}});
    for (const auto& id : ids)
        m_workspace.client.cancel(
            m_workspace.actor, id, this,
            [this, round](const Result<CancelVerdict>& answer) { take(*round, answer); });
}

void MessageCanceller::take(Round& round, const Result<CancelVerdict>& answer)
{
    if (answer && answer->isCancelled())
        ++round.cancelled;
    else
        ++round.others[answer ? verdictText(*answer, m_workspace.zone) : errorText(answer.error())];
    if (--round.open > 0)
        return;
    QStringList lines;
    if (round.cancelled > 0)
        lines << (round.total == 1 ? verdictText({MessageState::Cancelled, {}}, m_workspace.zone)
                                   : tr("%n message(s) cancelled. They will not be sent.", nullptr,
                                        static_cast<int>(round.cancelled)));
    for (const auto& [text, count] : round.others)
        lines << (round.total == 1 ? text : tr("%n message(s): %1", nullptr, count).arg(text));
    Q_EMIT finished(lines.join(u'\n'), round.cancelled == round.total);
}

} // namespace punctual::ui
