// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/destination_commands.h"

#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/destination_text.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/destination_json.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DestinationCommands)
};

Instant now()
{
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

ExitCode list(const Context& context)
{
    using Destinations = std::vector<Destination>;
    const auto found = await<Destinations>([&](QObject* receiver, client::Answer<Destinations> answer) {
        context.client.destinations(context.actor, receiver, std::move(answer));
    });
    if (!found)
        return failed(found.error());
    if (!context.json) {
        print(aligned(rowsOf(*found, now())));
        return ExitCode::Done;
    }
    QJsonArray items;
    for (const auto& destination : *found)
        items.append(toJson(destination));
    print(QJsonObject{{QStringLiteral("items"), items}, {QStringLiteral("next_cursor"), QJsonValue()}});
    return ExitCode::Done;
}

ExitCode show(const Context& context, const QString& name)
{
    const auto found = await<Destination>([&](QObject* receiver, client::Answer<Destination> answer) {
        context.client.destination(context.actor, name, receiver, std::move(answer));
    });
    if (!found)
        return failed(found.error());
    printOne(context, *found, aligned(factsOf(*found, now())));
    return ExitCode::Done;
}

ExitCode remove(const Context& context, const QString& name)
{
    const auto removed = await<void>([&](QObject* receiver, client::Answer<void> answer) {
        context.client.remove(context.actor, name, receiver, std::move(answer));
    });
    if (!removed)
        return failed(removed.error());
    if (!context.json)
        print(Words::tr("Removed destination %1.").arg(name));
    return ExitCode::Done;
}

ExitCode pause(const Context& context, const QString& name, std::optional<Instant> until,
               const QString& reason)
{
    Actor actor = context.actor;
    actor.reason = reason;
    const auto paused = await<Destination>([&](QObject* receiver, client::Answer<Destination> answer) {
        context.client.pause(actor, name, until, receiver, std::move(answer));
    });
    if (!paused)
        return failed(paused.error());
    printOne(context, *paused,
             until ? Words::tr("Paused destination %1 until %2.").arg(name, toLocalText(*until))
                   : Words::tr("Paused destination %1.").arg(name));
    return ExitCode::Done;
}

ExitCode resume(const Context& context, const QString& name)
{
    const auto resumed = await<Destination>([&](QObject* receiver, client::Answer<Destination> answer) {
        context.client.resume(context.actor, name, receiver, std::move(answer));
    });
    if (!resumed)
        return failed(resumed.error());
    printOne(context, *resumed, Words::tr("Resumed destination %1.").arg(name));
    return ExitCode::Done;
}

void addSimple(CommandParser& parent, const char* verb, const QString& description, Command& chosen,
               ExitCode (*run)(const Context&, const QString&))
{
    const auto name = std::make_shared<QString>();
    addNamed(parent, verb, description, name).whenGiven([&chosen, name, run] {
        chosen = [name, run](const Context& context) { return run(context, *name); };
    });
}

void addPause(CommandParser& parent, Command& chosen)
{
    struct Options
    {
        std::optional<Instant> until;
        QString reason;
    };
    const auto name = std::make_shared<QString>();
    const auto options = std::make_shared<Options>();
    auto command = addNamed(parent, "pause", Words::tr("Let nothing leave for a destination"), name);
    const auto readUntil = [options](const QString& text) {
        const auto until = readTime(text, QTimeZone::systemTimeZone());
        if (!until)
            refuse("--until", until.error().detail);
        options->until = *until;
    };
    command.take("--until", readUntil, Words::tr("Resume by itself then"), "TIME");
    command.text("--reason", options->reason, Words::tr("Why, for the audit"));
    command.whenGiven([&chosen, name, options] {
        chosen = [name, options](const Context& context) {
            return pause(context, *name, options->until, options->reason);
        };
    });
}

} // namespace

CommandParser addNamed(CommandParser& parent, const char* verb, const QString& description,
                       const std::shared_ptr<QString>& name)
{
    auto command = parent.addCommand(verb, description);
    command
        .text("name", *name, QCoreApplication::translate("DestinationCommands", "Name of the destination"),
              "NAME")
        .required();
    return command;
}

void printOne(const Context& context, const Destination& destination, const QString& sentence)
{
    if (context.json)
        print(toJson(destination));
    else
        print(sentence);
}

void addDestinationCommands(CommandParser& app, Command& chosen)
{
    auto parent = app.addCommand("destination", Words::tr("Add, show and pause destinations"));
    addDestinationAdd(parent, chosen);
    parent.addCommand("list", Words::tr("List the destinations")).whenGiven([&chosen] { chosen = list; });
    addSimple(parent, "show", Words::tr("Show a destination"), chosen, show);
    addSimple(parent, "remove", Words::tr("Remove a destination that no message waits for"), chosen, remove);
    addPause(parent, chosen);
    addSimple(parent, "resume", Words::tr("Let messages leave again"), chosen, resume);
    addDestinationTest(parent, chosen);
    addDestinationKeys(parent, chosen);
    addDestinationRelease(parent, chosen);
}

} // namespace punctual::ctl
