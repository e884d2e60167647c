// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/error_text.h"
#include "app/ctl/field_options.h"
#include "app/ctl/idempotency_option.h"
#include "app/ctl/operation_commands.h"
#include "app/ctl/operation_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/operation_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationStartCommand)
};

/// The destination that a request has besides that of its filter is called --to here.
Error inOwnWords(Error error)
{
    for (auto& field : error.fields) {
        field.pointer.replace(QStringLiteral("/messages/0/"), QStringLiteral("/"));
        if (field.pointer == u"/destination")
            field.pointer = QStringLiteral("/to");
        else if (field.pointer == u"/filter")
            field.pointer = QStringLiteral("/all");
    }
    return error;
}

OperationRequest readRequest(const QJsonObject& fields, const QJsonObject& filter)
{
    QJsonObject object = fields;
    if (!filter.isEmpty())
        object.insert(QStringLiteral("filter"), filter);
    else if (!fields.contains(u"all"))
        refuse("--all", Words::tr("is missing: name what is meant, or say --all"));
    std::vector<FieldError> errors;
    auto request = readOperationRequest(object, MessageLimits{}, errors);
    if (!errors.empty())
        refuse(describe(
            inOwnWords({ErrorCode::InvalidInput, Words::tr("The operation is not valid."), errors})));
    return request;
}

void printPreview(const OperationPreview& preview)
{
    print(Words::tr("It would take %n message(s). Nothing was changed.", nullptr,
                    static_cast<int>(preview.count)));
    std::vector<QStringList> rows{
        {Words::tr("ID"), Words::tr("DUE"), Words::tr("STATE"), Words::tr("DESTINATION")}};
    for (const auto& message : preview.sample)
        rows.push_back(
            {toText(message.id), toLocalText(message.dueAt), toText(message.state), message.destination});
    if (!preview.sample.empty())
        print(aligned(rows));
}

ExitCode preview(const Context& context, const OperationRequest& request)
{
    const auto preview = await<OperationPreview>([&](QObject* receiver, auto answer) {
        context.client.previewOperation(context.actor, request.operation, receiver, std::move(answer));
    });
    if (!preview)
        return failed(inOwnWords(preview.error()));
    if (context.json)
        print(toJson(*preview));
    else
        printPreview(*preview);
    return ExitCode::Done;
}

ExitCode start(const Context& context, const OperationRequest& request,
               const std::optional<client::Idempotency>& idempotency, bool wait)
{
    if (request.dryRun)
        return preview(context, request);
    Actor actor = context.actor;
    actor.reason = request.reason;
    auto operation = await<Operation>([&](QObject* receiver, client::Answer<Operation> answer) {
        context.client.startOperation(actor, request.operation, idempotency, receiver, std::move(answer));
    });
    return report(context, operation.map_error(inOwnWords), wait);
}

void addFilter(FieldOptions& filter)
{
    filter.text("--state", QStringLiteral("state"), Words::tr("One or more states, with commas"));
    filter.text("--destination", QStringLiteral("destination"), Words::tr("Only of this destination"));
    filter.text("--tag", QStringLiteral("tag"), Words::tr("Only with this tag"));
    filter.text("--key", QStringLiteral("key"), Words::tr("Only with this ordering key"));
    filter.time("--due-after", QStringLiteral("due_after"), Words::tr("Due then or later"));
    filter.time("--due-before", QStringLiteral("due_before"), Words::tr("Due before then"));
    filter.time("--attempted-after", QStringLiteral("attempted_after"),
                Words::tr("With an attempt that ended then or later"));
    filter.time("--attempted-before", QStringLiteral("attempted_before"),
                Words::tr("With an attempt that ended before then"));
    filter
        .text("--attempt", QStringLiteral("attempt"),
              Words::tr("What such an attempt came to, with commas: delivered, refused, too_many_requests, "
                        "server_error, other_answer, no_connection, no_answer"))
        .type("RESULT");
    filter.text("--text", QStringLiteral("q"), Words::tr("An id, or a part of a key, a tag or an error"));
    filter.text("--fingerprint", QStringLiteral("fingerprint"), Words::tr("Of a group of dead-letters"));
}

void addRequest(FieldOptions& request)
{
    request
        .text("action", QStringLiteral("action"), Words::tr("cancel, replay, reschedule, resolve or restore"))
        .type("ACTION")
        .required();
    request.flag("--all", QStringLiteral("all"), Words::tr("Everything the action is for, without a filter"));
    request.flag("--dry-run", QStringLiteral("dry_run"), Words::tr("Only tell what it would take"));
    request.integer("--limit", QStringLiteral("limit"), Words::tr("Messages at most, those due first"));
    request.integer("--expect", QStringLiteral("expected_count"),
                    Words::tr("Start nothing unless it takes this many, as --dry-run counted"));
    request.integer("--per-second", QStringLiteral("per_second"), Words::tr("Messages a second at most"));
    request.text("--to", QStringLiteral("destination"), Words::tr("replay: to another destination"));
    request.time("--at", QStringLiteral("due_at"),
                 Words::tr("replay, reschedule: when the first one is due"));
    request.span("--in", QStringLiteral("delay_ms"), Words::tr("The same, from now on"));
    request.span("--later", QStringLiteral("shift_ms"), Words::tr("reschedule: later than before by this"));
    request.span("--spread", QStringLiteral("spread_ms"), Words::tr("Spread the due times evenly over this"));
    request.text("--as", QStringLiteral("as"), Words::tr("resolve: delivered, retrying or dead"));
    request.flag("--canary", QStringLiteral("canary"),
                 Words::tr("replay: 1, then 10, then the rest; stops when they fail as before"));
    request.text("--reason", QStringLiteral("reason"), Words::tr("Why, for the history and the audit"));
}

} // namespace

void addOperationStart(CommandParser& parent, Command& chosen)
{
    auto command = parent.addCommand(
        "start", Words::tr("Cancel, replay, reschedule, resolve or restore what a filter matches"));
    FieldOptions request(command);
    addRequest(request);
    FieldOptions filter(command);
    addFilter(filter);
    const auto wait = std::make_shared<bool>(false);
    command.flag("--wait", *wait, Words::tr("Until it is over; exit code 4 if it was stopped"));
    const auto key = std::make_shared<QString>();
    addIdempotencyKey(command, *key);
    command.whenGiven([&chosen, fields = request.fields(), filter = filter.fields(), key, wait] {
        const auto idempotency =
            idempotencyOf(*key, {{QStringLiteral("request"), *fields}, {QStringLiteral("filter"), *filter}});
        chosen = [request = readRequest(*fields, *filter), idempotency, wait](const Context& context) {
            return start(context, request, idempotency, *wait);
        };
    });
}

} // namespace punctual::ctl
