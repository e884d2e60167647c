// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/destination_commands.h"
#include "app/ctl/destination_options.h"
#include "app/ctl/error_text.h"
#include "core/destination_json.h"
#include "core/header.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DestinationCommands)
};

ExitCode put(const Context& context, const QString& name, const QJsonObject& fields)
{
    using client::PutDestination;
    const auto result = await<PutDestination>([&](QObject* receiver, client::Answer<PutDestination> answer) {
        context.client.put(context.actor, name, fields, receiver, std::move(answer));
    });
    if (!result)
        return failed(result.error());
    const auto sentence =
        result->created ? Words::tr("Added destination %1.") : Words::tr("Replaced destination %1.");
    printOne(context, result->destination, sentence.arg(name));
    return ExitCode::Done;
}

/// Mistakes are told before a database is asked; but only that knows what hidden values stand for.
void check(const QString& name, const QJsonObject& fields)
{
    if (QJsonDocument(fields).toJson().contains(QByteArray(hiddenValue.data(), hiddenValue.size())))
        return;
    if (const auto destination = readDestination(name, fields); !destination)
        refuse(describe(destination.error()));
}

} // namespace

void addDestinationAdd(CommandParser& parent, Command& chosen)
{
    const auto name = std::make_shared<QString>();
    auto command = addNamed(parent, "add", Words::tr("Add a destination, or replace it"), name);
    const auto options = std::make_shared<DestinationOptions>(command);
    command.whenGiven([&chosen, name, options] {
        const QJsonObject fields = options->fields();
        check(*name, fields);
        chosen = [name, fields](const Context& context) { return put(context, *name, fields); };
    });
}

} // namespace punctual::ctl
