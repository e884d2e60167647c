// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/message_source.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace punctual::client
{

namespace
{

constexpr QLatin1StringView bodyField("body");
constexpr QLatin1StringView headerPrefix("headers.");

/// A field of a record in the JSON form: numbers as numbers, several tags between semicolons.
QJsonValue toJson(const QString& field, const QString& text)
{
    if (field == u"tags")
        return QJsonArray::fromStringList(text.split(u';', Qt::SkipEmptyParts));
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    const bool takesNumbers = field.endsWith(u"_ms") || field == u"max_attempts";
    return takesNumbers && isNumber ? QJsonValue(number) : QJsonValue(text);
}

QJsonObject toObject(const QStringList& names, const QStringList& values)
{
    QJsonObject object;
    QJsonObject headers;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (values[i].isEmpty() && names[i] != bodyField)
            continue; // left out
        if (names[i].startsWith(headerPrefix))
            headers.insert(names[i].mid(headerPrefix.size()), values[i]);
        else
            object.insert(names[i], toJson(names[i], values[i]));
    }
    if (!headers.isEmpty())
        object.insert(QStringLiteral("headers"), headers);
    if (object.contains(bodyField) && !object.contains(QStringLiteral("content_type")))
        object.insert(QStringLiteral("content_type"),
                      QString::fromLatin1(guessContentType(object.value(bodyField).toString().toUtf8())));
    return object;
}

} // namespace

MessageSource::MessageSource(QIODevice& device, MessageFormat format, QString destination)
    : m_device(device)
    , m_format(format)
    , m_destination(std::move(destination))
    , m_csv(device)
{
}

std::optional<MessageLine> MessageSource::next()
{
    return m_format == MessageFormat::Csv ? nextRecord() : nextObject();
}

std::optional<MessageLine> MessageSource::nextObject()
{
    MessageLine line;
    do {
        line.text = m_device.readLine();
        ++m_line;
    } while (!line.text.isEmpty() && line.text.trimmed().isEmpty());
    if (line.text.isEmpty())
        return std::nullopt;
    line.number = m_line;
    const QByteArray json = line.text.trimmed();
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(json, &error);
    if (document.isObject())
        read(document.object(), json, line);
    else
        line.errors.push_back({QString(), error.error == QJsonParseError::NoError
                                              ? tr("is not a JSON object")
                                              : tr("is not JSON: %1").arg(error.errorString())});
    return line;
}

bool MessageSource::readHeading()
{
    const auto heading = m_csv.next();
    if (!heading)
        return false;
    m_heading = heading->text;
    m_fields = heading->fields;
    for (auto& field : m_fields)
        field = field.trimmed();
    return true;
}

std::optional<MessageLine> MessageSource::nextRecord()
{
    if (m_heading.isEmpty() && !readHeading())
        return std::nullopt;
    const auto record = m_csv.next();
    if (!record)
        return std::nullopt;
    MessageLine line;
    line.number = record->line;
    line.text = record->text;
    if (record->isBroken)
        line.errors.push_back({QString(), tr("is not text in UTF-8 with its quotes in pairs")});
    else if (record->fields.size() != m_fields.size())
        line.errors.push_back({QString(), tr("has %1 fields, but the first line names %2")
                                              .arg(record->fields.size())
                                              .arg(m_fields.size())});
    else
        read(toObject(m_fields, record->fields), {}, line);
    return line;
}

void MessageSource::read(QJsonObject object, const QByteArray& json, MessageLine& line) const
{
    const QString field = QStringLiteral("destination");
    if (!m_destination.isEmpty() && !object.contains(field))
        object.insert(field, m_destination);
    line.message = readNewMessage(object, json, MessageLimits{}, QString(), line.errors);
}

} // namespace punctual::client
