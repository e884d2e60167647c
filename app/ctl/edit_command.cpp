// SPDX-License-Identifier: GPL-3.0-or-later
// `edit`: changes messages that wait.
#include "app/ctl/await.h"
#include "app/ctl/body_option.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
#include "app/ctl/message_id_option.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/message_change_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>

#include <algorithm>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(EditCommand)
};

struct Options
{
    std::vector<MessageId> ids;
    std::shared_ptr<QJsonObject> fields;
    Body body;
    std::optional<qint64> version;
};

MessageChangeRequest readRequest(const Options& options)
{
    if (options.version && options.ids.size() > 1)
        refuse("--if-match", Words::tr("is for a single message"));
    insertBody(*options.fields, options.body);
    std::vector<FieldError> errors;
    auto request = readMessageChange(*options.fields, {}, MessageLimits{}, errors);
    refuseIfWrong(errors, Words::tr("The change is not valid."));
    if (options.version)
        request.change.ifUpdatedAt = std::vector<Instant>{instantOf(*options.version)};
    return request;
}

QString wordsFor(const ChangeVerdict& verdict)
{
    if (!verdict.state)
        return Words::tr("There is no such message.");
    if (verdict.isStale)
        return Words::tr("Not changed: somebody else changed it meanwhile.");
    if (!verdict.changed || !verdict.message)
        return Words::tr("Not changed: it is %1, and only what waits can be.").arg(toText(*verdict.state));
    return Words::tr("Changed. It is due at %1.").arg(toLocalText(verdict.message->dueAt));
}

ExitCode exitCodeOf(const ChangeVerdict& verdict)
{
    if (verdict.changed)
        return ExitCode::Done;
    return verdict.state ? ExitCode::NotPossible : ExitCode::NotFound;
}

/// One JSON object a line, so that several ids make JSON Lines.
void report(const MessageId& id, const ChangeVerdict& verdict, bool json)
{
    if (json)
        print(QJsonObject{
            {QStringLiteral("id"), toText(id)},
            {QStringLiteral("changed"), verdict.changed},
            {QStringLiteral("verdict"),
             verdict.state ? QString(toText(*verdict.state)) : QStringLiteral("not_found")},
            {QStringLiteral("message"), verdict.message ? toJson(*verdict.message) : QJsonValue()}});
    else
        print(toText(id) + QStringLiteral(": ") + wordsFor(verdict));
}

/// Asks for all of them; the exit code is the highest of theirs.
ExitCode edit(const Context& context, const std::vector<MessageId>& ids, const MessageChangeRequest& request)
{
    Actor actor = context.actor;
    actor.reason = request.reason;
    ExitCode worst = ExitCode::Done;
    for (const auto& id : ids) {
        const auto verdict =
            await<ChangeVerdict>([&](QObject* receiver, client::Answer<ChangeVerdict> answer) {
                context.client.changeMessage(actor, id, request.change, receiver, std::move(answer));
            });
        if (!verdict)
            return failed(verdict.error());
        report(id, *verdict, context.json);
        worst = std::max(worst, exitCodeOf(*verdict));
    }
    return worst;
}

} // namespace

void addEditCommand(CommandParser& app, Command& chosen)
{
    auto command =
        app.addCommand("edit", Words::tr("Change messages that wait: their due time, priority or content"));
    FieldOptions fields(command);
    const auto options = std::make_shared<Options>();
    options->fields = fields.fields();
    addMessageIds(command, options->ids);
    auto in = fields.span("--in", QStringLiteral("delay_ms"), Words::tr("Due so long from now"));
    fields.time("--at", QStringLiteral("due_at"), Words::tr("Due then")).excludes(in);
    fields.text("--priority", QStringLiteral("priority"), Words::tr("high, normal or low"));
    addBody(command, options->body, Words::tr("Send this instead"),
            Words::tr("Send what is in this file; - is standard input"));
    fields.text("--content-type", QStringLiteral("content_type"), Words::tr("With another content type"));
    auto header = fields.headers("--header", QStringLiteral("headers"),
                                 Words::tr("Header instead of those it had; may be repeated"));
    fields
        .flag("--no-headers", QStringLiteral("headers"), Words::tr("Without headers of its own"),
              QJsonValue::Null)
        .excludes(header);
    auto tag = fields.texts("--tag", QStringLiteral("tags"),
                            Words::tr("Tag instead of those it had; may be repeated"));
    fields.flag("--no-tags", QStringLiteral("tags"), Words::tr("Without tags"), QJsonValue::Null)
        .excludes(tag);
    auto expiry = fields.span("--expires-after", QStringLiteral("expires_after_ms"),
                              Words::tr("How late it may leave"));
    fields
        .flag("--never-expires", QStringLiteral("expires_after_ms"), Words::tr("However late"),
              QJsonValue::Null)
        .excludes(expiry);
    fields.integer("--max-attempts", QStringLiteral("max_attempts"), Words::tr("How many attempts in all"));
    fields.text("--reason", QStringLiteral("reason"), Words::tr("Why, for the audit"));
    command.takeInteger(
        "--if-match", [options](qint64 version) { options->version = version; },
        Words::tr("Only if it still has this \"version\", as --json shows it"), "VERSION");
    command.whenGiven([&chosen, options] {
        chosen = [ids = options->ids, request = readRequest(*options)](const Context& context) {
            return edit(context, ids, request);
        };
    });
}

} // namespace punctual::ctl
