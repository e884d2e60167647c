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
    if (sources.configFile)
        return readConfigFile(*sources.configFile);
    for (const auto& path : sources.defaultConfigFiles)
        if (QFileInfo::exists(path))
            return readConfigFile(path);
    return {};
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
            return failure(ErrorCode::InvalidInput,
                           Words::tr("%1 (from %2) %3.").arg(key.name, value->source, *problem));
    }
    if (settings.tlsCertificateFile.isEmpty() != settings.tlsKeyFile.isEmpty())
        return failure(
            ErrorCode::InvalidInput,
            Words::tr("api.tls_certificate and api.tls_key belong together; only one of them is set."));
    return settings;
}

} // namespace punctual::app
