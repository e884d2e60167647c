// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "client/figures_json.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusCommand)
};

QString offsetAsText(const NodeStatus& node)
{
    return node.clockOffset ? Words::tr("%1 ms").arg(toMilliseconds(*node.clockOffset)) : QString();
}

QJsonObject asJson(const SystemStatus& status)
{
    QJsonObject messages;
    for (const auto& [state, count] : status.messages)
        messages.insert(toText(state), count);
    QJsonArray nodes;
    for (const auto& node : status.nodes)
        nodes.append(toJson(node));
    return {{QStringLiteral("database_time"), toRfc3339(status.databaseTime)},
            {QStringLiteral("backlog"), status.backlog()},
            {QStringLiteral("messages"), messages},
            {QStringLiteral("nodes"), nodes}};
}

void printForPeople(const SystemStatus& status)
{
    print(Words::tr("Database time  %1").arg(toLocalText(status.databaseTime)));
    print(Words::tr("Backlog        %1").arg(status.backlog()));
    std::vector<QStringList> counts{{Words::tr("STATE"), Words::tr("MESSAGES")}};
    for (const auto& [state, count] : status.messages)
        counts.push_back({toText(state), QString::number(count)});
    print(u'\n' + aligned(counts));
    std::vector<QStringList> nodes{
        {Words::tr("NODE"), Words::tr("SHARDS"), Words::tr("CLOCK AHEAD"), Words::tr("LAST SEEN")}};
    for (const auto& node : status.nodes)
        nodes.push_back({node.name, node.alive ? QString::number(node.shards) : Words::tr("gone"),
                         offsetAsText(node), toLocalText(node.lastSeenAt)});
    print(u'\n' + (status.liveNodes() == 0 ? Words::tr("No node is running: nothing is delivered.")
                                           : aligned(nodes)));
    for (const auto& node : status.nodes) {
        if (!node.alive)
            continue;
        for (const auto& [destination, reason] : node.locked)
            print(Words::tr("%1 sends nothing to %2: %3").arg(node.name, destination, reason));
    }
}

ExitCode showStatus(const Context& context)
{
    const auto status = await<SystemStatus>([&](QObject* receiver, client::Answer<SystemStatus> answer) {
        context.client.status(context.actor, receiver, std::move(answer));
    });
    if (!status)
        return failed(status.error());
    if (context.json)
        print(asJson(*status));
    else
        printForPeople(*status);
    return ExitCode::Done;
}

} // namespace

void addStatusCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("status", Words::tr("Show how the installation is doing"));
    command.whenGiven([&chosen] { chosen = showStatus; });
}

} // namespace punctual::ctl
