// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/command_line.h"

#include <QCoreApplication>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

void addSetting(CommandParser& program, CommandLine& commandLine, const char* flag, const QString& key,
                const QString& description, const char* type)
{
    const auto set = [&commandLine, key](const QString& value) { commandLine.settings[key] = value; };
    program.take(flag, set, description, type);
}

} // namespace

void addCommonOptions(CommandParser& program, CommandLine& commandLine)
{
    program.text("--config", commandLine.configFile, Words::tr("TOML file of settings"), "FILE");
    addSetting(program, commandLine, "--database", QStringLiteral("database.url"),
               Words::tr("PostgreSQL to use instead of the private one"), "URL");
    addSetting(program, commandLine, "--data-dir", QStringLiteral("data_dir"),
               Words::tr("Directory of the private PostgreSQL and the first token"), "DIR");
    addSetting(program, commandLine, "--retention-days", QStringLiteral("retention.days"),
               Words::tr("How long finished messages are kept, for all nodes of the database"), "DAYS");
    addSetting(program, commandLine, "--listen", QStringLiteral("api.listen"),
               Words::tr("Where the REST API listens"), "ADDRESS:PORT");
    addSetting(program, commandLine, "--log-level", QStringLiteral("log.level"),
               Words::tr("debug, info, warning or error"), "LEVEL");
}

CommandParser serverProgram(CommandLine& commandLine)
{
    CommandParser program(
        "punctuald",
        QCoreApplication::translate("Server", "Delivers messages at their exact time, without a window"));
    addCommonOptions(program, commandLine);
    return program;
}

SettingsSources sourcesOf(const CommandLine& commandLine)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    return {commandLine.settings, environment, commandLine.configFile, defaultConfigFiles(environment)};
}

Result<Settings> readSettings(const CommandLine& commandLine)
{
    return readSettings(sourcesOf(commandLine));
}

} // namespace punctual::app
