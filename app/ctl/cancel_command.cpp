// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/message_id_option.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/message_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>

#include <algorithm>
namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CancelCommand)
};

QString wordsFor(const CancelVerdict& verdict)
{
    if (!verdict.state)
        return Words::tr("There is no such message.");
    switch (*verdict.state) {
    case MessageState::Cancelled:
        return Words::tr("Cancelled. It will not be sent.");
    case MessageState::Delivering:
        if (verdict.message && verdict.message->claimedAt)
            return Words::tr("Too late: attempt %1 began at %2.")
                .arg(verdict.message->attempts)
                .arg(toLocalText(*verdict.message->claimedAt));
        return Words::tr("Too late: it is being delivered.");
    case MessageState::Delivered:
        return Words::tr("Too late: it was delivered.");
    case MessageState::Dead:
        return Words::tr("Not cancelled: it is dead and will not be sent again.");
    case MessageState::Expired:
        return Words::tr("Not cancelled: it expired and will not be sent.");
    case MessageState::Unknown:
        return Words::tr("Not cancelled: it was sent, and whether it arrived is unknown.");
    case MessageState::Scheduled:
    case MessageState::Retrying:
        break;
    }
    return Words::tr("Not cancelled.");
}

ExitCode exitCodeOf(const CancelVerdict& verdict)
{
    if (verdict.isCancelled())
        return ExitCode::Done;
    return verdict.state ? ExitCode::NotPossible : ExitCode::NotFound;
}

/// One JSON object a line, so that several ids make JSON Lines.
void report(const MessageId& id, const CancelVerdict& verdict, bool json)
{
    if (json)
        print(QJsonObject{
            {QStringLiteral("id"), toText(id)},
            {QStringLiteral("verdict"), QString(toText(verdict))},
            {QStringLiteral("message"), verdict.message ? toJson(*verdict.message) : QJsonValue()}});
    else
        print(toText(id) + QStringLiteral(": ") + wordsFor(verdict));
}

/// Asks for all of them; the exit code is the highest of theirs.
ExitCode cancel(const Context& context, const std::vector<MessageId>& ids, const QString& reason)
{
    Actor actor = context.actor;
    actor.reason = reason;
    ExitCode worst = ExitCode::Done;
    for (const auto& id : ids) {
        const auto verdict =
            await<CancelVerdict>([&](QObject* receiver, client::Answer<CancelVerdict> answer) {
                context.client.cancel(actor, id, receiver, std::move(answer));
            });
        if (!verdict)
            return failed(verdict.error());
        report(id, *verdict, context.json);
        worst = std::max(worst, exitCodeOf(*verdict));
    }
    return worst;
}

} // namespace

void addCancelCommand(CommandParser& app, Command& chosen)
{
    struct Options
    {
        std::vector<MessageId> ids;
        QString reason;
    };
    auto command = app.addCommand("cancel", Words::tr("Cancel messages that have not left yet"));
    const auto options = std::make_shared<Options>();
    addMessageIds(command, options->ids);
    command.text("--reason", options->reason, Words::tr("Why, for the audit"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return cancel(context, options->ids, options->reason); };
    });
}

} // namespace punctual::ctl
