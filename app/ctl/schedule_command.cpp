// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/body_option.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
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
    std::optional<QString> at;
    std::optional<QString> zone;
    Body body;
    QString idempotencyKey;
    std::optional<QString> from;
    QString format;
    QString rejects;
    bool dryRun = false;
};

void readDue(const Options& options)
{
    if (!options.at) {
        if (options.zone)
            refuse("--zone", Words::tr("is only for --at"));
        if (!options.fields->contains(u"delay_ms"))
            refuse("--in", Words::tr("is missing: give --in or --at"));
        return;
    }
    const QString text = *options.at;
    if (options.zone && hasOffset(text))
        refuse("--zone", Words::tr("cannot be given with a time that has an offset"));
    const auto zone = options.zone ? QTimeZone(options.zone->toUtf8()) : QTimeZone::systemTimeZone();
    if (!zone.isValid())
        refuse("--zone", Words::tr("is not a time zone, as in Europe/Berlin"));
    const auto due = readTime(text, zone);
    if (!due)
        refuse("--at", due.error().detail);
    options.fields->insert(u"due_at", toRfc3339(*due));
}

NewMessage readMessage(const Options& options)
{
    if (!options.format.isEmpty() || !options.rejects.isEmpty() || options.dryRun)
        refuse("--from", Words::tr("is missing: the options of files need it"));
    if (!options.fields->contains(u"destination"))
        refuse("destination", Words::tr("is missing"));
    readDue(options);
    if (!options.body.isGiven())
        refuse("--body", Words::tr("is missing: give --body or --body-file"));
    insertBody(*options.fields, options.body);
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
    if (!onlyDestination || options.at || options.zone || options.body.isGiven())
        refuse("--from", Words::tr("takes nothing beside it but the destination of lines that name none"));
    return {*options.from,   options.format,
            options.rejects, options.fields->value(u"destination").toString(),
            options.dryRun,  options.idempotencyKey};
}

std::optional<client::Idempotency> readIdempotency(const Options& options)
{
    if (options.idempotencyKey.isEmpty())
        return std::nullopt;
    const auto request = QJsonDocument(*options.fields).toJson(QJsonDocument::Compact);
    return client::Idempotency{options.idempotencyKey,
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

void addScheduleCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("schedule", Words::tr("Schedule a message"));
    FieldOptions fields(command);
    const auto options = std::make_shared<Options>();
    options->fields = fields.fields();
    fields.text("destination", QStringLiteral("destination"), Words::tr("Name of the destination"))
        .type("NAME");
    auto in = fields.span("--in", QStringLiteral("delay_ms"),
                          Words::tr("From now on, as in 250ms, 5s, 1h30m or 10d"));
    command
        .text("--at", options->at, Words::tr("As in 2026-12-01 09:00:00.250 or 2026-12-01T09:00:00Z"), "TIME")
        .excludes(in);
    command.text("--zone", options->zone, Words::tr("Time zone of --at, if not this machine's"), "ZONE");
    addBody(command, options->body, Words::tr("What to send, verbatim"),
            Words::tr("File of what to send; - is standard input"));
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
    command.text(
        "--idempotency-key", options->idempotencyKey,
        Words::tr("Repeating the command with this key schedules nothing twice; with --from it goes on "
                  "where it was cut"));
    command.text("--from", options->from,
                 Words::tr("File of messages to schedule, NDJSON or CSV; - is standard input"), "FILE");
    command
        .text("--format", options->format,
              Words::tr("ndjson or csv, if the name of the file does not tell (ndjson)"))
        .oneOf({"ndjson", "csv"});
    command.text("--rejects", options->rejects,
                 Words::tr("File to write the bad lines to, to be mended and scheduled"), "FILE");
    command.flag("--dry-run", options->dryRun, Words::tr("Judge the lines of the file and schedule none"));
    command.whenGiven([&chosen, options] {
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
