// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator may set, gathered from flags, environment, a TOML file and defaults, in this
// order of precedence. A value; made once when a program starts.
#pragma once

#include "core/result.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>
#include <map>
#include <optional>

namespace punctual::app
{

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

struct ListenAddress
{
    QHostAddress host = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8480; // 0: any free one

    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

struct Settings
{
    QString databaseUrl; // empty: the private cluster. May hold a password: never shown
    QString dataDir;     // absolute
    std::optional<std::chrono::days> retention;      // of the installation; absent: as it is
    std::optional<std::chrono::days> auditRetention; // the same of the audit
    ListenAddress listen;
    bool listensOnNetwork = true;   // false: on its sockets alone
    QStringList socketFiles;        // absolute paths of Unix sockets to listen on
    int requestsPerSecond = 10'000; // of each token; 0: as many as they like
    QString tlsCertificateFile;     // both or none
    QString tlsKeyFile;
    bool publicMetrics = false; // /metrics asks nobody for a token
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;
};

/// Where values come from. Keys are written as in the file: "api.listen".
struct SettingsSources
{
    std::map<QString, QString> flags;
    QProcessEnvironment environment;
    std::optional<QString> configFile; // given by name: it has to exist
    QStringList defaultConfigFiles;    // else the first of these that exists
};

/// The user's file, then the machine's.
[[nodiscard]] QStringList defaultConfigFiles(const QProcessEnvironment& environment);

/// The file that is read; nothing if there is none.
[[nodiscard]] std::optional<QString> configFileOf(const SettingsSources& sources);

/// Everything that is wrong, in sentences like those of readSettings: of every source each key, also where
/// another source goes before it; first what the file says, in the order of its lines. Empty: a program would
/// start.
[[nodiscard]] QStringList problemsOfSettings(const SettingsSources& sources);

/// InvalidInput: the detail is one sentence that names the key, its source (flag, variable or
/// file:line) and what is allowed. Values that may be secret are not repeated.
[[nodiscard]] Result<Settings> readSettings(const SettingsSources& sources);

} // namespace punctual::app
