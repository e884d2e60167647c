// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the TOML file of settings into plain texts that remember their line.
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

#include <map>

namespace punctual::app
{

struct SourcedValue
{
    QString text;
    QString source; // a flag, a variable or file:line
    int line = 0;   // in a file
};

/// What a file says, and everything that is wrong with it, by line: what cannot be read, is no TOML, is not a
/// known key or has a value of another type. Each problem is a sentence that names file and line.
struct ConfigFile
{
    std::map<QString, SourcedValue> values; // by key: "api.listen"
    std::multimap<int, QString> problems;
};

[[nodiscard]] ConfigFile examineConfigFile(const QString& path);

/// The values. InvalidInput with the first problem.
[[nodiscard]] Result<std::map<QString, SourcedValue>> readConfigFile(const QString& path);

} // namespace punctual::app
