// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/output.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConfigCommand)
};

ExitCode check(const app::CommandLine& commandLine, bool json)
{
    const auto sources = app::sourcesOf(commandLine);
    const auto file = app::configFileOf(sources);
    const QStringList problems = app::problemsOfSettings(sources);
    if (json) {
        print(QJsonObject{{QStringLiteral("file"), file ? QJsonValue(*file) : QJsonValue()},
                          {QStringLiteral("problems"), QJsonArray::fromStringList(problems)}});
    } else {
        for (const auto& problem : problems)
            print(problem);
        if (problems.isEmpty())
            print(file ? Words::tr("%1 and the environment are fine.").arg(*file)
                       : Words::tr("There is no configuration file; the environment is fine."));
    }
    return problems.isEmpty() ? ExitCode::Done : ExitCode::Usage;
}

} // namespace

void addConfigCommand(CommandParser& app, OfflineCommand& chosen)
{
    auto parent = app.addCommand("config", Words::tr("The settings of this machine"));
    parent.addCommand("check", Words::tr("Judge every key of the file, the environment and the flags"))
        .whenGiven([&chosen] { chosen = check; });
}

} // namespace punctual::ctl
