// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that all programs have. Parsing needs no application object, so that `punctual` can choose
// between a window and none after it.
#pragma once

#include "app/common/command_parser.h"
#include "app/common/settings.h"

namespace punctual::app
{

/// The flags as they were given, not yet judged.
struct CommandLine
{
    std::map<QString, QString> settings; // by key: "data_dir"
    std::optional<QString> configFile;
};

/// Adds --config, --database, --data-dir, --retention-days, --listen and --log-level. `commandLine` has to
/// outlive the parsing.
void addCommonOptions(CommandParser& program, CommandLine& commandLine);

/// punctuald, which has no other flags.
[[nodiscard]] CommandParser serverProgram(CommandLine& commandLine);

/// With what environment and files say.
[[nodiscard]] SettingsSources sourcesOf(const CommandLine& commandLine);

[[nodiscard]] Result<Settings> readSettings(const CommandLine& commandLine);

} // namespace punctual::app
