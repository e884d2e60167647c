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
    Q_DECLARE_TR_FUNCTIONS(MissedCommand)
};

using Missed = std::vector<MissedMessage>;

QJsonObject asJson(const Missed& missed)
{
    QJsonArray items;
    for (const auto& message : missed)
        items.append(QJsonObject{{QStringLiteral("id"), toText(message.id)},
                                 {QStringLiteral("destination"), message.destination},
                                 {QStringLiteral("planned_at"), toRfc3339(message.plannedAt)},
                                 {QStringLiteral("sent_at"),
                                  message.sentAt ? QJsonValue(toRfc3339(*message.sentAt)) : QJsonValue()}});
    return {{QStringLiteral("items"), items}};
}

void printForPeople(const Missed& missed)
{
    if (missed.empty()) {
        print(Words::tr("Nothing was missed."));
        return;
    }
    std::vector<QStringList> rows{
        {Words::tr("ID"), Words::tr("PLANNED"), Words::tr("SENT"), Words::tr("DESTINATION")}};
    for (const auto& message : missed)
        rows.push_back({toText(message.id), toLocalText(message.plannedAt),
                        message.sentAt ? toLocalText(*message.sentAt) : Words::tr("expired"),
                        message.destination});
    print(aligned(rows));
}

ExitCode showMissed(const Context& context, Duration span, int limit)
{
    const auto missed = await<Missed>([&](QObject* receiver, client::Answer<Missed> answer) {
        context.client.missed(context.actor, span, limit, receiver, std::move(answer));
    });
    if (!missed)
        return failed(missed.error());
    if (context.json)
        print(asJson(*missed));
    else
        printForPeople(*missed);
    return ExitCode::Done;
}

} // namespace

void addMissedCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand(
        "missed",
        Words::tr("List what left more than a minute late, or expired, as after a sleep of its node"));
    struct Options
    {
        Duration span = std::chrono::hours(24);
        int limit = 100;
    };
    const auto options = std::make_shared<Options>();
    command.read("--since", options->span, parseDuration, Words::tr("How far to look back, as in 8h (24h)"),
                 "SPAN");
    command.number("--limit", options->limit, 1, 500, Words::tr("Rows to give"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) {
            return showMissed(context, options->span, options->limit);
        };
    });
}

} // namespace punctual::ctl
