// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that all programs have. Parsing needs no application object, so that `punctual` can choose
// between a window and none after it.
#pragma once

#include "app/common/settings.h"

#include <CLI/CLI.hpp>

namespace punctual::app
{

/// The flags as they were given, not yet judged.
struct CommandLine
{
    std::map<QString, QString> settings; // by key: "data_dir"
    std::optional<QString> configFile;
};

/// Adds --config, --database, --data-dir, --retention-days, --listen, --log-level and --version.
/// `commandLine` has to outlive the parsing.
void addCommonOptions(CLI::App& app, CommandLine& commandLine);

/// The exit code if the program ends here, after help, a version or a mistake, which are printed;
/// nothing if it goes on.
[[nodiscard]] std::optional<int> parseCommandLine(CLI::App& app, int argc, const char* const* argv);

/// With what environment and files say.
[[nodiscard]] SettingsSources sourcesOf(const CommandLine& commandLine);

[[nodiscard]] Result<Settings> readSettings(const CommandLine& commandLine);

} // namespace punctual::app
