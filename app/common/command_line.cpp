// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/command_line.h"

#include "app/common/exit_code.h"

#include <QCoreApplication>
namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

void addSetting(CLI::App& app, CommandLine& commandLine, const char* flag, const QString& key,
                const QString& description, const char* type)
{
    app.add_option_function<std::string>(
           flag,
           [&commandLine, key](const std::string& value) {
               commandLine.settings[key] = QString::fromStdString(value);
           },
           description.toStdString())
        ->type_name(type);
}

} // namespace

void addCommonOptions(CLI::App& app, CommandLine& commandLine)
{
    app.set_help_flag("-h,--help", Words::tr("Print this help and exit").toStdString());
    app.set_version_flag("--version", "Punctual " PUNCTUAL_VERSION,
                         Words::tr("Print the version and exit").toStdString());
    app.add_option_function<std::string>(
           "--config",
           [&commandLine](const std::string& path) { commandLine.configFile = QString::fromStdString(path); },
           Words::tr("TOML file of settings").toStdString())
        ->type_name("FILE");
    addSetting(app, commandLine, "--database", QStringLiteral("database.url"),
               Words::tr("PostgreSQL to use instead of the private one"), "URL");
    addSetting(app, commandLine, "--data-dir", QStringLiteral("data_dir"),
               Words::tr("Directory of the private PostgreSQL and the first token"), "DIR");
    addSetting(app, commandLine, "--retention-days", QStringLiteral("retention.days"),
               Words::tr("How long finished messages are kept, for all nodes of the database"), "DAYS");
    addSetting(app, commandLine, "--listen", QStringLiteral("api.listen"),
               Words::tr("Where the REST API listens"), "ADDRESS:PORT");
    addSetting(app, commandLine, "--log-level", QStringLiteral("log.level"),
               Words::tr("debug, info, warning or error"), "LEVEL");
}

std::optional<int> parseCommandLine(CLI::App& app, int argc, const char* const* argv)
{
    try {
        app.parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& ending) {
        return static_cast<int>(app.exit(ending) == 0 ? ExitCode::Done : ExitCode::Usage);
    }
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
