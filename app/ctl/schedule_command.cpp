// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
#include "app/ctl/input_file.h"
#include "app/ctl/output.h"
#include "app/ctl/schedule_file.h"
#include "app/ctl/time_text.h"
#include "core/message_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ScheduleCommand)
};

/// What has to be read together, or is more than a field of the request.
struct Options
{
    std::shared_ptr<QJsonObject> fields;
    std::optional<std::string> at;
    std::optional<std::string> zone;
    std::optional<std::string> body;
    std::optional<std::string> bodyFile;
    std::string idempotencyKey;
    std::optional<std::string> from;
    std::string format;
    std::string rejects;
    bool dryRun = false;
};

[[noreturn]] void refuse(const char* argument, const QString& problem)
{
    throw CLI::ValidationError(argument, problem.toStdString());
}

void readDue(const Options& options)
{
    if (!options.at) {
        if (options.zone)
            refuse("--zone", Words::tr("is only for --at"));
        if (!options.fields->contains(u"delay_ms"))
            refuse("--in", Words::tr("is missing: give --in or --at"));
        return;
    }
    const QString text = QString::fromStdString(*options.at);
    if (options.zone && hasOffset(text))
        refuse("--zone", Words::tr("cannot be given with a time that has an offset"));
    const auto zone =
        options.zone ? QTimeZone(QByteArray::fromStdString(*options.zone)) : QTimeZone::systemTimeZone();
    if (!zone.isValid())
        refuse("--zone", Words::tr("is not a time zone, as in Europe/Berlin"));
    const auto due = readTime(text, zone);
    if (!due)
        refuse("--at", due.error().detail);
    options.fields->insert(u"due_at", toRfc3339(*due));
}

NewMessage readMessage(const Options& options)
{
    if (!options.format.empty() || !options.rejects.empty() || options.dryRun)
        refuse("--from", Words::tr("is missing: the options of files need it"));
    if (!options.fields->contains(u"destination"))
        refuse("destination", Words::tr("is missing"));
    readDue(options);
    if (!options.body && !options.bodyFile)
        refuse("--body", Words::tr("is missing: give --body or --body-file"));
    insertBody(*options.fields, options.body, options.bodyFile);
    std::vector<FieldError> errors;
    auto message = readNewMessage(*options.fields, {}, MessageLimits{}, {}, errors);
    refuseIfWrong(errors, Words::tr("The message is not valid."));
    return message;
}

/// What is said of one message makes no sense for a file of them.
ScheduleFile readFileOptions(const Options& options)
{
    const auto fields = options.fields->keys();
    const bool onlyDestination = fields.isEmpty() || fields == QStringList(QStringLiteral("destination"));
    if (!onlyDestination || options.at || options.zone || options.body || options.bodyFile)
        refuse("--from", Words::tr("takes nothing beside it but the destination of lines that name none"));
    return {QString::fromStdString(*options.from),
            QString::fromStdString(options.format),
            QString::fromStdString(options.rejects),
            options.fields->value(u"destination").toString(),
            options.dryRun,
            QString::fromStdString(options.idempotencyKey)};
}

std::optional<client::Idempotency> readIdempotency(const Options& options)
{
    if (options.idempotencyKey.empty())
        return std::nullopt;
    const auto request = QJsonDocument(*options.fields).toJson(QJsonDocument::Compact);
    return client::Idempotency{QString::fromStdString(options.idempotencyKey),
                               QCryptographicHash::hash(request, QCryptographicHash::Sha256)};
}

ExitCode schedule(const Context& context, NewMessage message,
                  const std::optional<client::Idempotency>& idempotency)
{
    const auto scheduled =
        await<client::Scheduled>([&](QObject* receiver, client::Answer<client::Scheduled> answer) {
            context.client.schedule(context.actor, {message}, idempotency, receiver, std::move(answer));
        });
    if (!scheduled)
        return failed(scheduled.error());
    const auto& item = scheduled->items.front();
    message.id = item.id;
    if (context.json)
        print(toJson(asScheduled(message, item.dueAt, scheduled->createdAt, item.maxAttempts)));
    else
        print((scheduled->repeated ? Words::tr("Was scheduled before, for %1: %2")
                                   : Words::tr("Scheduled for %1: %2"))
                  .arg(toLocalText(item.dueAt), toText(item.id)));
    return ExitCode::Done;
}

} // namespace

void addScheduleCommand(CLI::App& app, Command& chosen)
{
    auto* command = app.add_subcommand("schedule", Words::tr("Schedule a message").toStdString());
    FieldOptions fields(*command);
    const auto options = std::make_shared<Options>();
    options->fields = fields.fields();
    fields.text("destination", QStringLiteral("destination"), Words::tr("Name of the destination"))
        ->type_name("NAME");
    auto* in = fields.span("--in", QStringLiteral("delay_ms"),
                           Words::tr("From now on, as in 250ms, 5s, 1h30m or 10d"));
    command
        ->add_option("--at", options->at,
                     Words::tr("As in 2026-12-01 09:00:00.250 or 2026-12-01T09:00:00Z").toStdString())
        ->type_name("TIME")
        ->excludes(in);
    command
        ->add_option("--zone", options->zone,
                     Words::tr("Time zone of --at, if not this machine's").toStdString())
        ->type_name("ZONE");
    auto* body =
        command->add_option("--body", options->body, Words::tr("What to send, verbatim").toStdString())
            ->type_name("TEXT");
    command
        ->add_option("--body-file", options->bodyFile,
                     Words::tr("File of what to send; - is standard input").toStdString())
        ->type_name("FILE")
        ->excludes(body);
    fields.text("--content-type", QStringLiteral("content_type"),
                Words::tr("Found out from the body by default"));
    fields.headers("--header", QStringLiteral("headers"), Words::tr("Header to add; may be repeated"));
    fields.text("--priority", QStringLiteral("priority"), Words::tr("high, normal or low"));
    fields.text("--key", QStringLiteral("key"), Words::tr("Ordering key"));
    fields.texts("--tag", QStringLiteral("tags"), Words::tr("Tag; may be repeated"));
    fields.span("--expires-after", QStringLiteral("expires_after_ms"), Words::tr("How late it may leave"));
    fields.integer("--max-attempts", QStringLiteral("max_attempts"),
                   Words::tr("Instead of the destination's"));
    fields.object("--retry", QStringLiteral("retry"),
                  Words::tr("Parts of a retry policy that go before the destination's, as in the REST API"));
    command
        ->add_option(
            "--idempotency-key", options->idempotencyKey,
            Words::tr("Repeating the command with this key schedules nothing twice; with --from it goes on "
                      "where it was cut")
                .toStdString())
        ->type_name("TEXT");
    command
        ->add_option(
            "--from", options->from,
            Words::tr("File of messages to schedule, NDJSON or CSV; - is standard input").toStdString())
        ->type_name("FILE");
    command
        ->add_option("--format", options->format,
                     Words::tr("ndjson or csv, if the name of the file does not tell (ndjson)").toStdString())
        ->check(CLI::IsMember({"ndjson", "csv"}));
    command
        ->add_option("--rejects", options->rejects,
                     Words::tr("File to write the bad lines to, to be mended and scheduled").toStdString())
        ->type_name("FILE");
    command->add_flag("--dry-run", options->dryRun,
                      Words::tr("Judge the lines of the file and schedule none").toStdString());
    command->callback([&chosen, options] {
        if (options->from) {
            chosen = [file = readFileOptions(*options)](const Context& context) {
                return scheduleFile(context, file);
            };
            return;
        }
        chosen = [message = readMessage(*options), idempotency = readIdempotency(*options)](
                     const Context& context) { return schedule(context, message, idempotency); };
    });
}

} // namespace punctual::ctl
