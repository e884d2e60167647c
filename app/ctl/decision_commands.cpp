// SPDX-License-Identifier: GPL-3.0-or-later
// `resolve` and `restore`: what a person decides about single messages.
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
    Q_DECLARE_TR_FUNCTIONS(DecisionCommands)
};

struct Options
{
    std::vector<MessageId> ids;
    MessageState state = MessageState::Delivered;
    QString reason;
};

QString wordsForResolve(const MoveVerdict& verdict)
{
    if (!verdict.moved)
        return Words::tr("Not resolved: it is %1.").arg(toText(verdict));
    switch (*verdict.state) {
    case MessageState::Delivered:
        return Words::tr("Resolved: it counts as delivered.");
    case MessageState::Retrying:
        return Words::tr("Resolved: it is sent once more.");
    default:
        return Words::tr("Resolved: it is dead and will not be sent again.");
    }
}

QString wordsForRestore(const MoveVerdict& verdict)
{
    if (verdict.moved && verdict.message)
        return Words::tr("Restored. It is due at %1.").arg(toLocalText(verdict.message->dueAt));
    if (verdict.state == MessageState::Cancelled)
        return Words::tr("Not restored: it was due meanwhile, or its destination is gone.");
    return Words::tr("Not restored: it is %1.").arg(toText(verdict));
}

ExitCode exitCodeOf(const MoveVerdict& verdict)
{
    if (verdict.moved)
        return ExitCode::Done;
    return verdict.state ? ExitCode::NotPossible : ExitCode::NotFound;
}

/// One JSON object a line, so that several ids make JSON Lines.
void report(const MessageId& id, const MoveVerdict& verdict, QString (*wordsFor)(const MoveVerdict&),
            bool json)
{
    if (json)
        print(QJsonObject{
            {QStringLiteral("id"), toText(id)},
            {QStringLiteral("verdict"), QString(toText(verdict))},
            {QStringLiteral("message"), verdict.message ? toJson(*verdict.message) : QJsonValue()}});
    else
        print(toText(id) + QStringLiteral(": ") +
              (verdict.state ? wordsFor(verdict) : Words::tr("There is no such message.")));
}

/// Asks for all of them; the exit code is the highest of theirs. `ask` is a call of the client.
template <class Ask>
ExitCode decide(const Context& context, const Options& options, QString (*wordsFor)(const MoveVerdict&),
                Ask ask)
{
    Actor actor = context.actor;
    actor.reason = options.reason;
    ExitCode worst = ExitCode::Done;
    for (const auto& id : options.ids) {
        const auto verdict = await<MoveVerdict>([&](QObject* receiver, client::Answer<MoveVerdict> answer) {
            ask(actor, id, receiver, std::move(answer));
        });
        if (!verdict)
            return failed(verdict.error());
        report(id, *verdict, wordsFor, context.json);
        worst = std::max(worst, exitCodeOf(*verdict));
    }
    return worst;
}

ExitCode resolve(const Context& context, const Options& options)
{
    return decide(context, options, &wordsForResolve,
                  [&](const Actor& actor, const MessageId& id, QObject* receiver, auto answer) {
                      context.client.resolve(actor, id, options.state, receiver, std::move(answer));
                  });
}

ExitCode restore(const Context& context, const Options& options)
{
    return decide(context, options, &wordsForRestore,
                  [&](const Actor& actor, const MessageId& id, QObject* receiver, auto answer) {
                      context.client.restore(actor, id, receiver, std::move(answer));
                  });
}

CommandParser addDecision(CommandParser& app, const char* verb, const QString& description,
                          const std::shared_ptr<Options>& options)
{
    auto command = app.addCommand(verb, description);
    addMessageIds(command, options->ids);
    command.text("--reason", options->reason,
                 QCoreApplication::translate("DecisionCommands", "Why, for the audit"));
    return command;
}

} // namespace

void addResolveCommand(CommandParser& app, Command& chosen)
{
    const auto options = std::make_shared<Options>();
    auto command =
        addDecision(app, "resolve", Words::tr("Decide what became of messages that are unknown"), options);
    const auto readState = [options](const QString& text) {
        const auto state = parseMessageState(text);
        if (!state || !mayMove(MessageState::Unknown, *state))
            refuse("--as", Words::tr("is not one of: delivered, retrying, dead"));
        options->state = *state;
    };
    command.take("--as", readState, Words::tr("delivered, retrying or dead"), "STATE").required();
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return resolve(context, *options); };
    });
}

void addRestoreCommand(CommandParser& app, Command& chosen)
{
    const auto options = std::make_shared<Options>();
    addDecision(app, "restore", Words::tr("Undo the cancel of messages that are not due yet"), options)
        .whenGiven([&chosen, options] {
            chosen = [options](const Context& context) { return restore(context, *options); };
        });
}

} // namespace punctual::ctl
