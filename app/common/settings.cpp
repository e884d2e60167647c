// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/settings.h"

#include "app/common/config_file.h"
#include "app/common/setting_keys.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <unistd.h>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

QString defaultDataDir(const QProcessEnvironment& environment)
{
    if (::geteuid() == 0)
        return QStringLiteral("/var/lib/punctual");
    const QString share = environment.value(QStringLiteral("XDG_DATA_HOME"));
    return (share.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/share") : share) +
           QStringLiteral("/punctual");
}

Result<std::map<QString, SourcedValue>> fileValues(const SettingsSources& sources)
{
    const auto path = configFileOf(sources);
    if (!path)
        return {};
    return readConfigFile(*path);
}

QString wrongValue(const SettingKey& key, const QString& source, const QString& problem)
{
    return Words::tr("%1 (from %2) %3.").arg(key.name, source, problem);
}

QString halfOfTls()
{
    return Words::tr("api.tls_certificate and api.tls_key belong together; only one of them is set.");
}

/// The value of highest precedence for a key; nothing when only the default is left.
std::optional<SourcedValue> choose(const SettingKey& key, const SettingsSources& sources,
                                   const std::map<QString, SourcedValue>& file)
{
    if (const auto flag = sources.flags.find(key.name); flag != sources.flags.end())
        return SourcedValue{flag->second, key.flag};
    const QString variable = variableOf(key);
    if (const QString value = sources.environment.value(variable); !value.isEmpty())
        return SourcedValue{value, variable};
    if (const auto entry = file.find(key.name); entry != file.end())
        return entry->second;
    return std::nullopt;
}

} // namespace

QStringList defaultConfigFiles(const QProcessEnvironment& environment)
{
    const QString config = environment.value(QStringLiteral("XDG_CONFIG_HOME"));
    return {(config.isEmpty() ? QDir::homePath() + QStringLiteral("/.config") : config) +
                QStringLiteral("/punctual/punctual.toml"),
            QStringLiteral("/etc/punctual/punctual.toml")};
}

std::optional<QString> configFileOf(const SettingsSources& sources)
{
    if (sources.configFile)
        return sources.configFile;
    for (const auto& path : sources.defaultConfigFiles)
        if (QFileInfo::exists(path))
            return path;
    return std::nullopt;
}

QStringList problemsOfSettings(const SettingsSources& sources)
{
    const auto path = configFileOf(sources);
    auto file = path ? examineConfigFile(*path) : ConfigFile{};
    QStringList others; // than those of the file
    Settings settings;
    for (const auto& key : settingKeys()) {
        // The one that goes before the others is applied last.
        if (const auto entry = file.values.find(key.name); entry != file.values.end())
            if (const auto problem = key.apply(entry->second.text, settings))
                file.problems.emplace(entry->second.line, wrongValue(key, entry->second.source, *problem));
        const QString variable = variableOf(key);
        if (const QString value = sources.environment.value(variable); !value.isEmpty())
            if (const auto problem = key.apply(value, settings))
                others.append(wrongValue(key, variable, *problem));
        if (const auto flag = sources.flags.find(key.name); flag != sources.flags.end())
            if (const auto problem = key.apply(flag->second, settings))
                others.append(wrongValue(key, key.flag, *problem));
    }
    if (settings.tlsCertificateFile.isEmpty() != settings.tlsKeyFile.isEmpty())
        others.append(halfOfTls());
    for (const auto& needed : {settings.tlsCertificateFile, settings.tlsKeyFile})
        if (!needed.isEmpty() && !QFileInfo(needed).isReadable())
            others.append(Words::tr("The TLS file %1 cannot be read.").arg(needed));
    QStringList problems;
    for (const auto& [line, problem] : file.problems)
        problems.append(problem);
    return problems + others;
}

Result<Settings> readSettings(const SettingsSources& sources)
{
    const auto file = fileValues(sources);
    if (!file)
        return tl::unexpected(file.error());
    Settings settings;
    settings.dataDir = defaultDataDir(sources.environment);
    for (const auto& key : settingKeys()) {
        const auto value = choose(key, sources, *file);
        if (!value)
            continue;
        if (const auto problem = key.apply(value->text, settings))
            return failure(ErrorCode::InvalidInput, wrongValue(key, value->source, *problem));
    }
    if (settings.tlsCertificateFile.isEmpty() != settings.tlsKeyFile.isEmpty())
        return failure(ErrorCode::InvalidInput, halfOfTls());
    return settings;
}

} // namespace punctual::app
