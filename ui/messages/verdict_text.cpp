// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/verdict_text.h"

#include "ui/common/time_text.h"

#include <QCoreApplication>

namespace punctual::ui
{

namespace
{

QString onItsWayText(const std::optional<Message>& message, const QTimeZone& zone)
{
    if (!message || !message->claimedAt)
        return QCoreApplication::translate("Verdict", "Too late: it is on its way.");
    return QCoreApplication::translate("Verdict", "Too late: attempt %1 began at %2 and is on its way.")
        .arg(message->attempts)
        .arg(clockText(*message->claimedAt, zone));
}

QString deliveredText(const std::optional<Message>& message, const QTimeZone& zone)
{
    if (!message || !message->finishedAt)
        return QCoreApplication::translate("Verdict", "Too late: it has been delivered.");
    return QCoreApplication::translate("Verdict", "Too late: it was delivered at %1.")
        .arg(timeText(*message->finishedAt, zone));
}

} // namespace

QString verdictText(const CancelVerdict& verdict, const QTimeZone& zone)
{
    if (!verdict.state)
        return QCoreApplication::translate("Verdict", "There is no such message.");
    switch (*verdict.state) {
    case MessageState::Cancelled:
        return QCoreApplication::translate("Verdict", "Cancelled. It will not be sent.");
    case MessageState::Delivering:
        return onItsWayText(verdict.message, zone);
    case MessageState::Delivered:
        return deliveredText(verdict.message, zone);
    case MessageState::Dead:
        return QCoreApplication::translate("Verdict",
                                           "Nothing to cancel: it failed for good and is not sent again.");
    case MessageState::Expired:
        return QCoreApplication::translate("Verdict", "Nothing to cancel: it expired and will not be sent.");
    case MessageState::Unknown:
        return QCoreApplication::translate(
            "Verdict", "Too late: it was sent and no answer came. Whether it arrived is not known.");
    case MessageState::Scheduled:
    case MessageState::Retrying:
        break; // the database never leaves a cancelled message in these
    }
    Q_UNREACHABLE();
}

} // namespace punctual::ui
