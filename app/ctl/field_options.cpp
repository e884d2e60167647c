// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/field_options.h"

#include "app/ctl/input_file.h"
#include "app/ctl/time_text.h"

#include <QJsonArray>

#include <cmath>

namespace punctual::ctl
{

namespace
{

qint64 readSpan(const std::string& option, const QString& text)
{
    const auto span = parseDuration(text);
    if (!span)
        throw CLI::ValidationError(option, span.error().detail.toStdString());
    return toMilliseconds(*span);
}

QJsonValue numberOrWord(const QString& text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? QJsonValue(number) : QJsonValue(text);
}

} // namespace

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

CLI::Option* FieldOptions::numberOrText(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const std::string& value) {
        fields->insert(field, numberOrWord(QString::fromStdString(value)));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("NUMBER|WORD");
}

CLI::Option* FieldOptions::flag(const char* flag, const QString& field, const QString& description,
                                bool value)
{
    const auto take = [fields = m_fields, field, value](std::int64_t) { fields->insert(field, value); };
    return m_command.add_flag_function(flag, take, description.toStdString());
}

CLI::Option* FieldOptions::file(const char* flag, const QString& field, qint64 most,
                                const QString& description)
{
    const auto take = [fields = m_fields, field, most, name = std::string(flag)](const std::string& path) {
        fields->insert(field, readTextInput(name, path, most));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("FILE");
}

CLI::Option* FieldOptions::span(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, name = std::string(flag)](const std::string& value) {
        fields->insert(field, readSpan(name, QString::fromStdString(value)));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("SPAN");
}

CLI::Option* FieldOptions::time(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, name = std::string(flag)](const std::string& value) {
        const auto read = readTime(QString::fromStdString(value), QTimeZone::systemTimeZone());
        if (!read)
            throw CLI::ValidationError(name, read.error().detail.toStdString());
        fields->insert(field, toRfc3339(*read));
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("TIME");
}

CLI::Option* FieldOptions::spans(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, name = std::string(flag)](const std::string& value) {
        QJsonArray array;
        const auto parts = QString::fromStdString(value).split(u',');
        for (const auto& part : parts)
            array.append(readSpan(name, part));
        fields->insert(field, array);
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("SPAN,...");
}

CLI::Option* FieldOptions::codes(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const std::string& value) {
        QJsonArray array;
        const auto parts = QString::fromStdString(value).split(u',', Qt::SkipEmptyParts);
        for (const auto& part : parts)
            array.append(numberOrWord(part));
        fields->insert(field, array);
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("CODE,...");
}

CLI::Option* FieldOptions::object(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, name = std::string(flag)](const std::string& value) {
        const auto parsed = QJsonDocument::fromJson(QByteArray::fromStdString(value));
        if (!parsed.isObject())
            throw CLI::ValidationError(
                name, tr("%1 is not a JSON object").arg(QString::fromStdString(value)).toStdString());
        fields->insert(field, parsed.object());
    };
    return m_command.add_option_function<std::string>(flag, take, description.toStdString())
        ->type_name("JSON");
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
