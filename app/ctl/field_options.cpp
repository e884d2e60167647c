// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/field_options.h"

#include "core/time.h"

#include <QJsonArray>

namespace punctual::ctl
{

FieldOptions::FieldOptions(CLI::App& command)
    : m_command(command)
{
}

CLI::Option* FieldOptions::text(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const std::string& value) {
        fields->insert(field, QString::fromStdString(value));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("TEXT");
}

CLI::Option* FieldOptions::integer(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const qint64& value) { fields->insert(field, value); };
    return m_command.add_option_function<qint64>(flag, take, description.toStdString())->type_name("NUMBER");
}

CLI::Option* FieldOptions::number(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const double& value) { fields->insert(field, value); };
    return m_command.add_option_function<double>(flag, take, description.toStdString())->type_name("NUMBER");
}

CLI::Option* FieldOptions::flag(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](std::int64_t) { fields->insert(field, true); };
    return m_command.add_flag_function(flag, take, description.toStdString());
}

CLI::Option* FieldOptions::span(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, name = std::string(flag)](const std::string& value) {
        const auto span = parseDuration(QString::fromStdString(value));
        if (!span)
            throw CLI::ValidationError(name, span.error().detail.toStdString());
        fields->insert(field, toMilliseconds(*span));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("SPAN");
}

CLI::Option* FieldOptions::texts(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const std::vector<std::string>& values) {
        QJsonArray array;
        for (const auto& value : values)
            array.append(QString::fromStdString(value));
        fields->insert(field, array);
    };
    return m_command.add_option_function<std::vector<std::string>>(flag, take, description.toStdString())
        ->allow_extra_args(false)
        ->type_name("TEXT");
}

CLI::Option* FieldOptions::headers(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field,
                       name = std::string(flag)](const std::vector<std::string>& values) {
        QJsonObject object;
        for (const auto& value : values) {
            const QString line = QString::fromStdString(value);
            const QString header = line.section(u':', 0, 0).trimmed();
            if (!line.contains(u':'))
                throw CLI::ValidationError(name, tr("is not of the form 'Name: value'").toStdString());
            if (object.contains(header))
                throw CLI::ValidationError(name, tr("names %1 twice").arg(header).toStdString());
            object.insert(header, line.section(u':', 1).trimmed());
        }
        fields->insert(field, object);
    };
    return m_command.add_option_function<std::vector<std::string>>(flag, take, description.toStdString())
        ->allow_extra_args(false)
        ->type_name("'NAME: VALUE'");
}

} // namespace punctual::ctl
