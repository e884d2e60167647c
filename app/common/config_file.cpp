// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/config_file.h"

#include "app/common/setting_keys.h"

#include <QCoreApplication>
#include <QFile>

#include <toml++/toml.h>

#include <algorithm>

namespace punctual::app
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

/// What of the list of keys concerns the walk through a file.
enum class KeyKind { Text, Number, Switch, Table, Unknown };

KeyKind kindOf(SettingKey::Kind kind)
{
    switch (kind) {
    case SettingKey::Kind::Text:
        return KeyKind::Text;
    case SettingKey::Kind::Number:
        return KeyKind::Number;
    case SettingKey::Kind::Switch:
        return KeyKind::Switch;
    }
    Q_UNREACHABLE();
}

KeyKind kindOf(const QString& name)
{
    const auto keys = settingKeys();
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.name == name; });
    if (found != keys.end())
        return kindOf(found->kind);
    const QString prefix = name + u'.';
    const bool isTable =
        std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.name.startsWith(prefix); });
    return isTable ? KeyKind::Table : KeyKind::Unknown;
}

QString knownNames()
{
    QStringList names;
    for (const auto& key : settingKeys())
        names.append(key.name);
    return names.join(QStringLiteral(", "));
}

/// What is wrong with the type of a value, if anything.
std::optional<QString> problemOfType(KeyKind kind, const toml::node& node, const QString& name,
                                     const QString& source)
{
    switch (kind) {
    case KeyKind::Unknown:
        return Words::tr("%1 (from %2) is not a known key; the keys are: %3.")
            .arg(name, source, knownNames());
    case KeyKind::Table:
        if (!node.is_table())
            return Words::tr("%1 (from %2) is not a table, as in [%1].").arg(name, source);
        break;
    case KeyKind::Text:
        if (!node.is_string())
            return Words::tr("%1 (from %2) is not a string in quotes.").arg(name, source);
        break;
    case KeyKind::Number:
        if (!node.is_integer())
            return Words::tr("%1 (from %2) is not a whole number.").arg(name, source);
        break;
    case KeyKind::Switch:
        if (!node.is_boolean())
            return Words::tr("%1 (from %2) is not true or false without quotes.").arg(name, source);
        break;
    }
    return std::nullopt;
}

/// A value of the right type.
QString textOf(const toml::node& node)
{
    if (const auto* text = node.as_string())
        return QString::fromStdString(**text);
    if (const auto* number = node.as_integer())
        return QString::number(qint64(**number));
    return **node.as_boolean() ? QStringLiteral("true") : QStringLiteral("false");
}

void collect(const toml::table& table, const QString& prefix, const QString& path, ConfigFile& read)
{
    for (const auto& [key, node] : table) {
        const std::string_view word = key.str();
        const QString name = prefix + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        const int line = static_cast<int>(key.source().begin.line);
        const QString source = QStringLiteral("%1:%2").arg(path).arg(line);
        const auto kind = kindOf(name);
        if (const auto problem = problemOfType(kind, node, name, source))
            read.problems.emplace(line, *problem);
        else if (kind == KeyKind::Table)
            collect(*node.as_table(), name + u'.', path, read);
        else
            read.values[name] = {textOf(node), source, line};
    }
}

} // namespace

ConfigFile examineConfigFile(const QString& path)
{
    ConfigFile read;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        read.problems.emplace(
            0, Words::tr("The configuration file %1 cannot be read: %2.").arg(path, file.errorString()));
        return read;
    }
    const QByteArray text = file.readAll();
    try {
        collect(toml::parse(std::string_view(text.data(), static_cast<std::size_t>(text.size()))), {}, path,
                read);
    } catch (const toml::parse_error& error) {
        const auto description = error.description();
        const int line = static_cast<int>(error.source().begin.line);
        read.problems.emplace(line, Words::tr("%1:%2 is not TOML: %3.")
                                        .arg(path)
                                        .arg(line)
                                        .arg(QString::fromUtf8(description.data(),
                                                               static_cast<qsizetype>(description.size()))));
    }
    return read;
}

Result<std::map<QString, SourcedValue>> readConfigFile(const QString& path)
{
    auto read = examineConfigFile(path);
    if (!read.problems.empty())
        return failure(ErrorCode::InvalidInput, read.problems.begin()->second);
    return std::move(read.values);
}

} // namespace punctual::app
