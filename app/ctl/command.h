// SPDX-License-Identifier: GPL-3.0-or-later
// A sub-command adds its options when the program starts. Those that were given are read and checked
// while the command line is parsed; what is left to do is a Command.
#pragma once

#include "app/common/command_line.h"
#include "app/common/exit_code.h"
#include "client/client.h"
#include "client/installation.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace punctual::ctl
{

using app::ExitCode;

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

// Each of these sets `chosen` when its sub-command was given, and throws CLI::ValidationError for
// arguments that make no sense.
void addDestinationCommands(CLI::App& app, Command& chosen);
void addScheduleCommand(CLI::App& app, Command& chosen);
void addListCommand(CLI::App& app, Command& chosen);
void addShowCommand(CLI::App& app, Command& chosen);
void addWhyCommand(CLI::App& app, Command& chosen);
void addEditCommand(CLI::App& app, Command& chosen);
void addCancelCommand(CLI::App& app, Command& chosen);
void addRestoreCommand(CLI::App& app, Command& chosen);
void addResolveCommand(CLI::App& app, Command& chosen);
void addReplayCommand(CLI::App& app, Command& chosen);
void addDeadLettersCommand(CLI::App& app, Command& chosen);
void addOperationCommands(CLI::App& app, Command& chosen);
void addMissedCommand(CLI::App& app, Command& chosen);
void addForecastCommand(CLI::App& app, Command& chosen);
void addSecretsCommand(CLI::App& app, Command& chosen);
void addStatusCommand(CLI::App& app, Command& chosen);
void addSelfTestCommand(CLI::App& app, Command& chosen);
void addTokenCommand(CLI::App& app, Command& chosen);
void addAuditCommand(CLI::App& app, Command& chosen);
void addExportCommand(CLI::App& app, Command& chosen);
void addBackupCommands(CLI::App& app, Command& chosen);
void addConfigCommand(CLI::App& app, OfflineCommand& chosen);
void addDoctorCommand(CLI::App& app, OfflineCommand& chosen);
/// `app` is the whole program, with all its other commands.
void addManualCommands(CLI::App& app, OfflineCommand& chosen);

} // namespace punctual::ctl
