// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/destination_text.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
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

void printOne(const Context& context, const Destination& destination, const QString& sentence)
{
    if (context.json)
        print(toJson(destination));
    else
        print(sentence);
}

ExitCode put(const Context& context, const Destination& destination)
{
    using client::PutDestination;
    const auto result = await<PutDestination>([&](QObject* receiver, client::Answer<PutDestination> answer) {
        context.client.put(context.actor, destination, receiver, std::move(answer));
    });
    if (!result)
        return failed(result.error());
    const auto sentence =
        result->created ? Words::tr("Added destination %1.") : Words::tr("Replaced destination %1.");
    printOne(context, result->destination, sentence.arg(destination.name));
    return ExitCode::Done;
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
        print(aligned(rowsOf(*found)));
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
    printOne(context, *found, aligned(factsOf(*found)));
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

/// A sub-command whose only argument is the name.
CLI::App* addNamed(CLI::App& parent, const char* verb, const QString& description,
                   const std::shared_ptr<std::string>& name)
{
    auto* command = parent.add_subcommand(verb, description.toStdString());
    command
        ->add_option(
            "name", *name,
            QCoreApplication::translate("DestinationCommands", "Name of the destination").toStdString())
        ->type_name("NAME")
        ->required();
    return command;
}

void addSimple(CLI::App& parent, const char* verb, const QString& description, Command& chosen,
               ExitCode (*run)(const Context&, const QString&))
{
    const auto name = std::make_shared<std::string>();
    addNamed(parent, verb, description, name)->callback([&chosen, name, run] {
        chosen = [name, run](const Context& context) { return run(context, QString::fromStdString(*name)); };
    });
}

Destination readFields(const std::string& nameText, const QJsonObject& fields, const QJsonObject& retry)
{
    QJsonObject whole = fields;
    if (!retry.isEmpty())
        whole.insert(QStringLiteral("retry"), retry);
    const auto destination = readDestination(QString::fromStdString(nameText), whole);
    if (!destination)
        throw CLI::ValidationError(describe(destination.error()).toStdString());
    return *destination;
}

void addAdd(CLI::App& parent, Command& chosen)
{
    const auto name = std::make_shared<std::string>();
    auto* command = addNamed(parent, "add", Words::tr("Add a destination, or replace it"), name);
    FieldOptions options(*command);
    options.text("--url", QStringLiteral("url"), Words::tr("Where it is"))->required();
    options.text("--method", QStringLiteral("method"), Words::tr("POST, PUT, PATCH, GET or DELETE"));
    options.headers("--header", QStringLiteral("headers"), Words::tr("Header to send; may be repeated"));
    options.span("--timeout", QStringLiteral("timeout_ms"), Words::tr("For a whole attempt"));
    options.integer("--max-concurrency", QStringLiteral("max_concurrency"),
                    Words::tr("Requests in flight on one node"));
    options.flag("--http2", QStringLiteral("http2"), Words::tr("Use HTTP/2 if the other side has it"));
    options.flag("--allow-private-addresses", QStringLiteral("allow_private_addresses"),
                 Words::tr("Let it be on this machine or in a private network"));
    options.text("--on-unknown", QStringLiteral("on_unknown"),
                 Words::tr("When no answer comes: retry, or hold for a person"));
    FieldOptions retry(*command);
    retry.integer("--max-attempts", QStringLiteral("max_attempts"), Words::tr("Before a message is dead"));
    retry.text("--backoff", QStringLiteral("backoff"), Words::tr("exponential or fixed"));
    retry.span("--initial-delay", QStringLiteral("initial_delay_ms"), Words::tr("Before the second attempt"));
    retry.number("--factor", QStringLiteral("factor"), Words::tr("By which each further delay is longer"));
    retry.span("--max-delay", QStringLiteral("max_delay_ms"), Words::tr("The longest delay"));
    retry.number("--jitter", QStringLiteral("jitter"), Words::tr("Part of a delay that is random, 0 to 1"));
    command->callback([&chosen, name, fields = options.fields(), retryFields = retry.fields()] {
        chosen = [destination = readFields(*name, *fields, *retryFields)](const Context& context) {
            return put(context, destination);
        };
    });
}

void addPause(CLI::App& parent, Command& chosen)
{
    struct Options
    {
        std::optional<Instant> until;
        std::string reason;
    };
    const auto name = std::make_shared<std::string>();
    const auto options = std::make_shared<Options>();
    auto* command = addNamed(parent, "pause", Words::tr("Let nothing leave for a destination"), name);
    const auto readUntil = [options](const std::string& text) {
        const auto until = readTime(QString::fromStdString(text), QTimeZone::systemTimeZone());
        if (!until)
            throw CLI::ValidationError("--until", until.error().detail.toStdString());
        options->until = *until;
    };
    command
        ->add_option_function<std::string>("--until", readUntil,
                                           Words::tr("Resume by itself then").toStdString())
        ->type_name("TIME");
    command->add_option("--reason", options->reason, Words::tr("Why, for the audit").toStdString())
        ->type_name("TEXT");
    command->callback([&chosen, name, options] {
        chosen = [name, options](const Context& context) {
            return pause(context, QString::fromStdString(*name), options->until,
                         QString::fromStdString(options->reason));
        };
    });
}

} // namespace

void addDestinationCommands(CLI::App& app, Command& chosen)
{
    auto* parent =
        app.add_subcommand("destination", Words::tr("Add, show and pause destinations").toStdString());
    parent->require_subcommand(1);
    addAdd(*parent, chosen);
    parent->add_subcommand("list", Words::tr("List the destinations").toStdString())->callback([&chosen] {
        chosen = list;
    });
    addSimple(*parent, "show", Words::tr("Show a destination"), chosen, show);
    addSimple(*parent, "remove", Words::tr("Remove a destination that no message waits for"), chosen, remove);
    addPause(*parent, chosen);
    addSimple(*parent, "resume", Words::tr("Let messages leave again"), chosen, resume);
}

} // namespace punctual::ctl
