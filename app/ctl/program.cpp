// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/program.h"

#include "app/common/command_line.h"
#include "app/common/logging.h"
#include "app/common/open_installation.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"

#include <QCoreApplication>

#include <pwd.h>
#include <unistd.h>
namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Program)
};

QString userName()
{
    const passwd* entry = ::getpwuid(::geteuid()); // NOLINT(concurrency-mt-unsafe): one thread so far
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::geteuid());
}

QString exitCodes()
{
    return QCoreApplication::translate(
        "Program",
        "Exit codes: 0 done; 1 a fault of the program or the installation; 2 wrong arguments or\n"
        "invalid input; 3 not found; 4 not possible in this state, for instance a cancel that came\n"
        "too late; 5 the database is away; 6 the self-test found messages that were early, lost or "
        "sent\n"
        "twice.\n\n"
        "Without a database setting the private PostgreSQL of this user is used, and started if need "
        "be.");
}

ExitCode runOn(const app::Settings& settings, const Command& command, bool json)
{
    const auto installation = app::openInstallation(settings);
    if (!installation) {
        printError(installation.error());
        return app::exitCodeOf(installation.error().code);
    }
    client::Client client(installation->address(), 1);
    return command(
        {*installation, client, {.name = userName(), .origin = QStringLiteral("command line")}, json});
}

} // namespace

namespace
{

int runCommand(int argc, const char* const* argv)
{
    CommandParser app("punctualctl", Words::tr("Schedules, finds and cancels messages"), exitCodes());
    app::CommandLine commandLine;
    app::addCommonOptions(app, commandLine);
    bool json = false;
    app.flag("--json", json, Words::tr("Print JSON for programs, as the REST API does"));
    Command chosen;
    addDestinationCommands(app, chosen);
    addScheduleCommand(app, chosen);
    addListCommand(app, chosen);
    addShowCommand(app, chosen);
    addWhyCommand(app, chosen);
    addEditCommand(app, chosen);
    addCancelCommand(app, chosen);
    addRestoreCommand(app, chosen);
    addResolveCommand(app, chosen);
    addReplayCommand(app, chosen);
    addDeadLettersCommand(app, chosen);
    addOperationCommands(app, chosen);
    addMissedCommand(app, chosen);
    addForecastCommand(app, chosen);
    addSecretsCommand(app, chosen);
    addStatusCommand(app, chosen);
    addSelfTestCommand(app, chosen);
    addTokenCommand(app, chosen);
    addAuditCommand(app, chosen);
    addExportCommand(app, chosen);
    addBackupCommands(app, chosen);
    OfflineCommand offline;
    addDoctorCommand(app, offline);
    addConfigCommand(app, offline);
    addManualCommands(app, offline);
    if (const auto ending = app.parse(argc, argv))
        return *ending;
    if (offline)
        return static_cast<int>(offline(commandLine, json));
    const auto settings = app::readSettings(commandLine);
    if (!settings) {
        printError(settings.error());
        return static_cast<int>(app::exitCodeOf(settings.error().code));
    }
    app::installLogging(settings->logLevel, settings->logFormat);
    return static_cast<int>(runOn(*settings, chosen, json));
}

} // namespace

/// An answer that nobody got is none, whatever was done.
int run(int argc, const char* const* argv)
{
    const int code = runCommand(argc, argv);
    const auto written = whetherWritten();
    if (written || code != static_cast<int>(ExitCode::Done))
        return code;
    return static_cast<int>(failed(written.error()));
}

} // namespace punctual::ctl
