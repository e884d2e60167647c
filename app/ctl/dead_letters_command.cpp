// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DeadLettersCommand)
};

struct Options
{
    QString destination;
    std::optional<DeadLetterCursor> after;
    int limit = 50;
};

QJsonObject asJson(const DeadLetterPage& page)
{
    QJsonArray items;
    for (const auto& group : page.items)
        items.append(toJson(group));
    return {{QStringLiteral("items"), items},
            {QStringLiteral("next_cursor"), page.next ? QJsonValue(toText(*page.next)) : QJsonValue()}};
}

void printForPeople(const DeadLetterPage& page)
{
    if (page.items.empty()) {
        print(Words::tr("There are no dead letters."));
        return;
    }
    std::vector<QStringList> rows{{Words::tr("FINGERPRINT"), Words::tr("COUNT"), Words::tr("LATEST"),
                                   Words::tr("DESTINATION"), Words::tr("STATUS"), Words::tr("ERROR")}};
    for (const auto& group : page.items)
        rows.push_back({group.fingerprint, QString::number(group.count), toLocalText(group.lastAt),
                        group.destination, group.status != 0 ? QString::number(group.status) : QString(),
                        group.error.simplified()});
    print(aligned(rows));
    if (page.next)
        std::fprintf(stderr, "%s\n",
                     qUtf8Printable(Words::tr("There are more: --cursor %1").arg(toText(*page.next))));
}

ExitCode showDeadLetters(const Context& context, const Options& options)
{
    const auto page = await<DeadLetterPage>([&](QObject* receiver, client::Answer<DeadLetterPage> answer) {
        context.client.deadLetters(context.actor, options.destination, options.after, options.limit, receiver,
                                   std::move(answer));
    });
    if (!page)
        return failed(page.error());
    if (context.json)
        print(asJson(*page));
    else
        printForPeople(*page);
    return ExitCode::Done;
}

} // namespace

void addDeadLettersCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("dead-letters", Words::tr("List dead letters in groups that failed alike"));
    const auto options = std::make_shared<Options>();
    const auto readCursor = [options](const QString& text) {
        options->after = parseDeadLetterCursor(text);
        if (!options->after)
            refuse("--cursor", Words::tr("is not a cursor of an earlier page"));
    };
    command.text("--destination", options->destination, Words::tr("Only of this destination"), "NAME");
    command.take("--cursor", readCursor, Words::tr("Go on after an earlier page"), "CURSOR");
    command.number("--limit", options->limit, 1, 500, Words::tr("Groups to give"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return showDeadLetters(context, *options); };
    });
}

} // namespace punctual::ctl
