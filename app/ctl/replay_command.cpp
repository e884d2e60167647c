// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/body_option.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
#include "app/ctl/idempotency_option.h"
#include "app/ctl/message_id_option.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/operation_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>

#include <algorithm>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplayCommand)
};

struct Options
{
    std::vector<MessageId> ids;
    std::shared_ptr<QJsonObject> fields;
    Body body;
    QString idempotencyKey;
};

ReplayRequest readRequest(const Options& options)
{
    insertBody(*options.fields, options.body);
    std::vector<FieldError> errors;
    auto request = readReplayRequest(*options.fields, {}, MessageLimits{}, errors);
    refuseIfWrong(errors, Words::tr("The replay is not valid."));
    return request;
}

QString wordsFor(const Replayed& replayed)
{
    if (replayed.replay)
        return Words::tr("Replayed as %1, due at %2.")
            .arg(toText(replayed.replay->id), toLocalText(replayed.replay->dueAt));
    if (!replayed.state)
        return Words::tr("There is no such message.");
    return Words::tr("Not replayed: it is %1, and only what is over can be.").arg(toText(*replayed.state));
}

ExitCode exitCodeOf(const Replayed& replayed)
{
    if (replayed.replay)
        return ExitCode::Done;
    return replayed.state ? ExitCode::NotPossible : ExitCode::NotFound;
}

/// One JSON object a line, so that several ids make JSON Lines.
void report(const MessageId& id, const Replayed& replayed, bool json)
{
    if (json)
        print(QJsonObject{
            {QStringLiteral("id"), toText(id)},
            {QStringLiteral("verdict"),
             replayed.state ? QString(toText(*replayed.state)) : QStringLiteral("not_found")},
            {QStringLiteral("replay"), replayed.replay ? toJson(*replayed.replay) : QJsonValue()}});
    else
        print(toText(id) + QStringLiteral(": ") + wordsFor(replayed));
}

/// Each message has a key of its own.
std::optional<client::Idempotency> idempotencyFor(const Options& options, const MessageId& id)
{
    return idempotencyOf(options.idempotencyKey.isEmpty() ? QString()
                                                          : options.idempotencyKey + u'/' + toText(id),
                         *options.fields);
}

/// Asks for all of them; the exit code is the highest of theirs.
ExitCode replay(const Context& context, const Options& options, const ReplayRequest& request)
{
    Actor actor = context.actor;
    actor.reason = request.reason;
    ExitCode worst = ExitCode::Done;
    for (const auto& id : options.ids) {
        const auto replayed = await<Replayed>([&](QObject* receiver, client::Answer<Replayed> answer) {
            context.client.replay(actor, id, request.change, idempotencyFor(options, id), receiver,
                                  std::move(answer));
        });
        if (!replayed)
            return failed(replayed.error());
        report(id, *replayed, context.json);
        worst = std::max(worst, exitCodeOf(*replayed));
    }
    return worst;
}

} // namespace

void addReplayCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("replay", Words::tr("Send messages that are over once more, as new ones"));
    FieldOptions fields(command);
    const auto options = std::make_shared<Options>();
    options->fields = fields.fields();
    addMessageIds(command, options->ids);
    fields.text("--destination", QStringLiteral("destination"), Words::tr("To another destination"));
    auto in = fields.span("--in", QStringLiteral("delay_ms"), Words::tr("From now on, instead of now"));
    fields.time("--at", QStringLiteral("due_at"), Words::tr("When, instead of now")).excludes(in);
    addBody(command, options->body, Words::tr("Send this instead"),
            Words::tr("Send what is in this file; - is standard input"));
    fields.text("--content-type", QStringLiteral("content_type"), Words::tr("With another content type"));
    fields.headers("--header", QStringLiteral("headers"),
                   Words::tr("Header instead of those it had; may be repeated"));
    fields.text("--reason", QStringLiteral("reason"), Words::tr("Why, for the audit"));
    addIdempotencyKey(command, options->idempotencyKey);
    command.whenGiven([&chosen, options] {
        chosen = [options, request = readRequest(*options)](const Context& context) {
            return replay(context, *options, request);
        };
    });
}

} // namespace punctual::ctl
