// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/field_options.h"

#include "app/ctl/input_file.h"
#include "app/ctl/time_text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace punctual::ctl
{

namespace
{

qint64 readSpan(const char* option, const QString& text)
{
    const auto span = parseDuration(text);
    if (!span)
        app::refuse(option, span.error().detail);
    return toMilliseconds(*span);
}

QJsonValue numberOrWord(const QString& text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? QJsonValue(number) : QJsonValue(text);
}

} // namespace

FieldOptions::FieldOptions(const app::CommandParser& command)
    : m_command(command)
{
}

app::Option FieldOptions::read(const char* flag, const QString& field, const Read& reader,
                               const QString& description, const char* type)
{
    const auto take = [fields = m_fields, field, reader](const QString& text) {
        fields->insert(field, reader(text));
    };
    return m_command.take(flag, take, description, type);
}

app::Option FieldOptions::text(const char* flag, const QString& field, const QString& description)
{
    return read(
        flag, field, [](const QString& text) { return text; }, description, "TEXT");
}

app::Option FieldOptions::integer(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](qint64 value) { fields->insert(field, value); };
    return m_command.takeInteger(flag, take, description, "NUMBER");
}

app::Option FieldOptions::number(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](double value) { fields->insert(field, value); };
    return m_command.takeNumber(flag, take, description, "NUMBER");
}

app::Option FieldOptions::numberOrText(const char* flag, const QString& field, const QString& description)
{
    return read(flag, field, numberOrWord, description, "NUMBER|WORD");
}

app::Option FieldOptions::flag(const char* flag, const QString& field, const QString& description,
                               const QJsonValue& value)
{
    const auto take = [fields = m_fields, field, value] { fields->insert(field, value); };
    return m_command.takeFlag(flag, take, description);
}

app::Option FieldOptions::file(const char* flag, const QString& field, qint64 most,
                               const QString& description)
{
    const auto readFile = [flag, most](const QString& path) { return readTextInput(flag, path, most); };
    return read(flag, field, readFile, description, "FILE");
}

app::Option FieldOptions::span(const char* flag, const QString& field, const QString& description)
{
    return read(
        flag, field, [flag](const QString& text) { return readSpan(flag, text); }, description, "SPAN");
}

app::Option FieldOptions::time(const char* flag, const QString& field, const QString& description)
{
    const auto readLocal = [flag](const QString& text) {
        const auto instant = readTime(text, QTimeZone::systemTimeZone());
        if (!instant)
            app::refuse(flag, instant.error().detail);
        return toRfc3339(*instant);
    };
    return read(flag, field, readLocal, description, "TIME");
}

app::Option FieldOptions::spans(const char* flag, const QString& field, const QString& description)
{
    const auto readSpans = [flag](const QString& text) {
        QJsonArray array;
        const auto parts = text.split(u',');
        for (const auto& part : parts)
            array.append(readSpan(flag, part));
        return array;
    };
    return read(flag, field, readSpans, description, "SPAN,...");
}

app::Option FieldOptions::codes(const char* flag, const QString& field, const QString& description)
{
    const auto readCodes = [](const QString& text) {
        QJsonArray array;
        const auto parts = text.split(u',', Qt::SkipEmptyParts);
        for (const auto& part : parts)
            array.append(numberOrWord(part));
        return array;
    };
    return read(flag, field, readCodes, description, "CODE,...");
}

app::Option FieldOptions::object(const char* flag, const QString& field, const QString& description)
{
    const auto readObject = [flag](const QString& text) {
        const auto parsed = QJsonDocument::fromJson(text.toUtf8());
        if (!parsed.isObject())
            app::refuse(flag, tr("%1 is not a JSON object").arg(text));
        return parsed.object();
    };
    return read(flag, field, readObject, description, "JSON");
}

app::Option FieldOptions::texts(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field](const QStringList& values) {
        fields->insert(field, QJsonArray::fromStringList(values));
    };
    return m_command.takeAll(flag, take, description, "TEXT").namedEachTime();
}

app::Option FieldOptions::headers(const char* flag, const QString& field, const QString& description)
{
    const auto take = [fields = m_fields, field, flag](const QStringList& lines) {
        QJsonObject object;
        for (const auto& line : lines) {
            const QString header = line.section(u':', 0, 0).trimmed();
            if (!line.contains(u':'))
                app::refuse(flag, tr("is not of the form 'Name: value'"));
            if (object.contains(header))
                app::refuse(flag, tr("names %1 twice").arg(header));
            object.insert(header, line.section(u':', 1).trimmed());
        }
        fields->insert(field, object);
    };
    return m_command.takeAll(flag, take, description, "'NAME: VALUE'").namedEachTime();
}

} // namespace punctual::ctl
