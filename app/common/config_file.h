// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the TOML file of settings into plain texts that remember their line.
#pragma once

#include "core/result.h"

#include <QString>

#include <map>

namespace punctual::app
{

struct SourcedValue
{
    QString text;
    QString source; // a flag, a variable or file:line
};

/// The values by key ("api.listen"). InvalidInput for a file that cannot be read, is not TOML or has
/// an unknown key or a value that is not a string; the detail names file and line.
[[nodiscard]] Result<std::map<QString, SourcedValue>> readConfigFile(const QString& path);

} // namespace punctual::app
