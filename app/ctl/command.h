// SPDX-License-Identifier: GPL-3.0-or-later
// A sub-command adds its options when the program starts. Those that were given are read and checked
// while the command line is parsed; what is left to do is a Command.
#pragma once

#include "app/common/command_line.h"
#include "app/common/exit_code.h"
#include "client/client.h"
#include "client/installation.h"

#include <functional>

namespace punctual::ctl
{

using app::CommandParser;
using app::ExitCode;
using app::refuse;

struct Context
{
    const client::Installation& installation;
    client::Client& client;
    Actor actor;
    bool json = false; // for a program, not for a person
};

using Command = std::function<ExitCode(const Context&)>;

/// One that needs no installation, and so works where there is none or its settings are wrong.
using OfflineCommand = std::function<ExitCode(const app::CommandLine&, bool json)>;

// Each of these sets `chosen` when its sub-command was given, and refuses arguments that make no sense.
void addDestinationCommands(CommandParser& app, Command& chosen);
void addScheduleCommand(CommandParser& app, Command& chosen);
void addListCommand(CommandParser& app, Command& chosen);
void addShowCommand(CommandParser& app, Command& chosen);
void addWhyCommand(CommandParser& app, Command& chosen);
void addEditCommand(CommandParser& app, Command& chosen);
void addCancelCommand(CommandParser& app, Command& chosen);
void addRestoreCommand(CommandParser& app, Command& chosen);
void addResolveCommand(CommandParser& app, Command& chosen);
void addReplayCommand(CommandParser& app, Command& chosen);
void addDeadLettersCommand(CommandParser& app, Command& chosen);
void addOperationCommands(CommandParser& app, Command& chosen);
void addMissedCommand(CommandParser& app, Command& chosen);
void addForecastCommand(CommandParser& app, Command& chosen);
void addSecretsCommand(CommandParser& app, Command& chosen);
void addStatusCommand(CommandParser& app, Command& chosen);
void addSelfTestCommand(CommandParser& app, Command& chosen);
void addTokenCommand(CommandParser& app, Command& chosen);
void addAuditCommand(CommandParser& app, Command& chosen);
void addExportCommand(CommandParser& app, Command& chosen);
void addBackupCommands(CommandParser& app, Command& chosen);
void addConfigCommand(CommandParser& app, OfflineCommand& chosen);
void addDoctorCommand(CommandParser& app, OfflineCommand& chosen);
/// `app` is the whole program, with all its other commands.
void addManualCommands(CommandParser& app, OfflineCommand& chosen);

} // namespace punctual::ctl
