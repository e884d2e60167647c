// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/message_id_option.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WhyCommand)
};

ExitCode tellWhy(const Context& context, const MessageId& id)
{
    const auto why = await<Why>([&](QObject* receiver, client::Answer<Why> answer) {
        context.client.why(context.actor, id, receiver, std::move(answer));
    });
    if (!why)
        return failed(why.error());
    if (context.json) {
        print(toJson(*why));
        return ExitCode::Done;
    }
    print(toText(why->code) + QStringLiteral(": ") +
          why->words(QCoreApplication::translate("Why", why->text)).trimmed());
    if (why->expectedAt)
        print(Words::tr("Expected at %1.").arg(toLocalText(*why->expectedAt)));
    return ExitCode::Done;
}

} // namespace

void addWhyCommand(CommandParser& app, Command& chosen)
{
    auto command =
        app.addCommand("why", Words::tr("Say why a message has not gone yet, and when it is expected to"));
    const auto id = std::make_shared<MessageId>();
    addMessageId(command, *id);
    command.whenGiven(
        [&chosen, id] { chosen = [id](const Context& context) { return tellWhy(context, *id); }; });
}

} // namespace punctual::ctl
