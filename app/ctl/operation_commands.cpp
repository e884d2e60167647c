// SPDX-License-Identifier: GPL-3.0-or-later
// `operation list`, `show`, `abort` and `undo`.
#include "app/ctl/operation_commands.h"

#include "app/ctl/await.h"
#include "app/ctl/error_text.h"
#include "app/ctl/operation_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/operation_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationCommands)
};

void printPage(const OperationPage& page, bool json)
{
    if (json) {
        QJsonArray items;
        for (const auto& operation : page.items)
            items.append(toJson(operation));
        print(QJsonObject{
            {QStringLiteral("items"), items},
            {QStringLiteral("next_cursor"), page.next ? QJsonValue(toText(*page.next)) : QJsonValue()}});
        return;
    }
    std::vector<QStringList> rows{{Words::tr("ID"), Words::tr("CREATED"), Words::tr("ACTION"),
                                   Words::tr("STATE"), Words::tr("DONE"), Words::tr("BY"),
                                   Words::tr("VERDICTS")}};
    for (const auto& operation : page.items)
        rows.push_back({toText(operation.id), toLocalText(operation.createdAt), toText(operation.action),
                        toText(operation.state),
                        QStringLiteral("%1/%2").arg(operation.done).arg(operation.total), operation.actor,
                        verdictText(operation)});
    print(aligned(rows));
    if (page.next)
        std::fprintf(stderr, "%s\n",
                     qUtf8Printable(Words::tr("There are more: --cursor %1").arg(toText(*page.next))));
}

ExitCode list(const Context& context, const QUuid& after, int limit)
{
    const auto page = await<OperationPage>([&](QObject* receiver, client::Answer<OperationPage> answer) {
        context.client.operations(context.actor, after.isNull() ? std::nullopt : std::optional(after), limit,
                                  receiver, std::move(answer));
    });
    if (!page)
        return failed(page.error());
    printPage(*page, context.json);
    return ExitCode::Done;
}

void addList(CommandParser& parent, Command& chosen)
{
    struct Options
    {
        QUuid after;
        int limit = 50;
    };
    auto command = parent.addCommand("list", Words::tr("List operations, the newest first"));
    const auto options = std::make_shared<Options>();
    const auto readCursor = [options](const QString& text) {
        options->after = QUuid::fromString(text);
        if (options->after.isNull())
            refuse("--cursor", Words::tr("is not a cursor of an earlier page"));
    };
    command.take("--cursor", readCursor, Words::tr("Go on after an earlier page"), "CURSOR");
    command.number("--limit", options->limit, 1, 500, Words::tr("Rows to give"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return list(context, options->after, options->limit); };
    });
}

using Ask = void (client::Client::*)(const Actor&, const QUuid&, QObject*, client::Answer<Operation>);

/// A sub-command that asks one thing about an operation.
void addAsk(CommandParser& parent, Command& chosen, const char* verb, const QString& description, Ask ask,
            bool changes)
{
    struct Options
    {
        QUuid id;
        QString reason;
        bool wait = false;
    };
    auto command = parent.addCommand(verb, description);
    const auto options = std::make_shared<Options>();
    addOperationId(command, options->id);
    if (changes)
        command.text("--reason", options->reason,
                     QCoreApplication::translate("OperationCommands", "Why, for the audit"));
    command.flag("--wait", options->wait,
                 QCoreApplication::translate("OperationCommands", "Until it is over; else exit code 4"));
    command.whenGiven([&chosen, options, ask] {
        chosen = [options, ask](const Context& context) {
            Actor actor = context.actor;
            actor.reason = options->reason;
            const auto operation = await<Operation>([&](QObject* receiver, client::Answer<Operation> answer) {
                (context.client.*ask)(actor, options->id, receiver, std::move(answer));
            });
            return report(context, operation, options->wait);
        };
    });
}

} // namespace

void addOperationCommands(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("operation", Words::tr("Change many messages at once"));
    addOperationStart(command, chosen);
    addList(command, chosen);
    addAsk(command, chosen, "show", Words::tr("Show how far an operation has got"),
           &client::Client::operation, false);
    addAsk(command, chosen, "abort", Words::tr("Abort an operation; what it did stays"),
           &client::Client::abortOperation, true);
    addAsk(command, chosen, "undo",
           Words::tr("Restore what a cancel cancelled, cancel what a replay scheduled, or move back what a "
                     "reschedule moved"),
           &client::Client::undoOperation, true);
    addOperationItems(command, chosen);
}

} // namespace punctual::ctl
