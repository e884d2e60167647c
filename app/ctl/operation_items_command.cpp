// SPDX-License-Identifier: GPL-3.0-or-later
// `operation items`: what an operation did to which message.
#include "app/ctl/await.h"
#include "app/ctl/error_text.h"
#include "app/ctl/operation_commands.h"
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
    Q_DECLARE_TR_FUNCTIONS(OperationItemsCommand)
};

struct Options
{
    QUuid id;
    QString verdict;
    qint64 after = 0;
    int limit = 50;
};

QString orDash(const std::optional<Instant>& instant)
{
    return instant ? toLocalText(*instant) : QStringLiteral("-");
}

void printPage(const OperationItemPage& page, bool json)
{
    if (json) {
        QJsonArray items;
        for (const auto& item : page.items)
            items.append(toJson(item));
        print(QJsonObject{{QStringLiteral("items"), items},
                          {QStringLiteral("next_cursor"),
                           page.next ? QJsonValue(QString::number(*page.next)) : QJsonValue()}});
        return;
    }
    std::vector<QStringList> rows{{Words::tr("PLACE"), Words::tr("MESSAGE"), Words::tr("VERDICT"),
                                   Words::tr("CHANGED"), Words::tr("REPLAY"), Words::tr("WAS DUE")}};
    for (const auto& item : page.items)
        rows.push_back({QString::number(item.ordinal), toText(item.message),
                        item.verdict.isEmpty() ? QStringLiteral("-") : item.verdict, orDash(item.changedAt),
                        item.replay ? toText(*item.replay) : QStringLiteral("-"), orDash(item.dueAt)});
    print(aligned(rows));
    if (page.next)
        std::fprintf(stderr, "%s\n",
                     qUtf8Printable(Words::tr("There are more: --cursor %1").arg(*page.next)));
}

ExitCode list(const Context& context, const Options& options)
{
    const auto page =
        await<OperationItemPage>([&](QObject* receiver, client::Answer<OperationItemPage> answer) {
            context.client.operationItems(context.actor, options.id, options.verdict, options.after,
                                          options.limit, receiver, std::move(answer));
        });
    if (!page)
        return failed(page.error());
    printPage(*page, context.json);
    return ExitCode::Done;
}

} // namespace

void addOperationItems(CommandParser& parent, Command& chosen)
{
    auto command = parent.addCommand("items", Words::tr("List what an operation did to which message"));
    const auto options = std::make_shared<Options>();
    addOperationId(command, options->id);
    command.text("--verdict", options->verdict,
                 Words::tr("Only those of this verdict, such as cancelled or not_found"), "VERDICT");
    const auto takeCursor = [options](qint64 after) { options->after = after; };
    command.takeInteger("--cursor", takeCursor, Words::tr("Go on after an earlier page"), "CURSOR")
        .positive();
    command.number("--limit", options->limit, 1, 500, Words::tr("Rows to give"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return list(context, *options); };
    });
}

} // namespace punctual::ctl
