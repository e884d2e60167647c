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

using Values = std::map<QString, SourcedValue>;

/// What of the list of keys concerns the walk through a file.
enum class KeyKind { Text, Number, Table, Unknown };

KeyKind kindOf(const QString& name)
{
    const auto keys = settingKeys();
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.name == name; });
    if (found != keys.end())
        return found->kind == SettingKey::Kind::Number ? KeyKind::Number : KeyKind::Text;
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

tl::unexpected<Error> wrong(const QString& sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

Result<void> collect(const toml::table& table, const QString& prefix, const QString& path, Values& values)
{
    for (const auto& [key, node] : table) {
        const std::string_view word = key.str();
        const QString name = prefix + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        const QString source = QStringLiteral("%1:%2").arg(path).arg(key.source().begin.line);
        const auto kind = kindOf(name);
        if (kind == KeyKind::Unknown)
            return wrong(Words::tr("%1 (from %2) is not a known key; the keys are: %3.")
                             .arg(name, source, knownNames()));
        if (kind == KeyKind::Table && !node.is_table())
            return wrong(Words::tr("%1 (from %2) is not a table, as in [%1].").arg(name, source));
        if (kind == KeyKind::Text && !node.is_string())
            return wrong(Words::tr("%1 (from %2) is not a string in quotes.").arg(name, source));
        if (kind == KeyKind::Number && !node.is_integer())
            return wrong(Words::tr("%1 (from %2) is not a whole number.").arg(name, source));
        if (kind == KeyKind::Text)
            values[name] = {QString::fromStdString(**node.as_string()), source};
        else if (kind == KeyKind::Number)
            values[name] = {QString::number(qint64(**node.as_integer())), source};
        else if (auto inner = collect(*node.as_table(), name + u'.', path, values); !inner)
            return inner;
    }
    return {};
}

} // namespace

Result<Values> readConfigFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(
            Words::tr("The configuration file %1 cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray text = file.readAll();
    try {
        Values values;
        const auto collected =
            collect(toml::parse(std::string_view(text.data(), static_cast<std::size_t>(text.size()))), {},
                    path, values);
        if (!collected)
            return tl::unexpected(collected.error());
        return values;
    } catch (const toml::parse_error& error) {
        const auto description = error.description();
        return wrong(
            Words::tr("%1:%2 is not TOML: %3.")
                .arg(path)
                .arg(error.source().begin.line)
                .arg(QString::fromUtf8(description.data(), static_cast<qsizetype>(description.size()))));
    }
}

} // namespace punctual::app
