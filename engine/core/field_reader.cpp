// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/field_reader.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace punctual
{

namespace
{

QString escapedForPointer(QStringView name) // RFC 6901, section 3
{
    return name.toString().replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

} // namespace

FieldReader::FieldReader(const QJsonObject& object, QString pointer, std::vector<FieldError>& errors)
    : m_object(object)
    , m_pointer(std::move(pointer))
    , m_errors(errors)
{
}

bool FieldReader::has(QLatin1StringView name) const
{
    const auto value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

bool FieldReader::ask(QLatin1StringView name)
{
    m_asked.append(name);
    return has(name);
}

QJsonValue FieldReader::take(QLatin1StringView name)
{
    m_asked.append(name);
    const auto value = m_object.value(name);
    return value.isNull() ? QJsonValue(QJsonValue::Undefined) : value;
}

QString FieldReader::pointerTo(QStringView name) const
{
    return m_pointer + u'/' + escapedForPointer(name);
}

void FieldReader::wrong(QLatin1StringView name, const QString& detail)
{
    m_errors.push_back({pointerTo(QString(name)), detail});
}

std::optional<QString> FieldReader::text(QLatin1StringView name)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    if (!value.isString()) {
        wrong(name, QStringLiteral("is not a string"));
        return std::nullopt;
    }
    if (value.toString().contains(QChar::Null)) {
        wrong(name, QStringLiteral("contains a NUL character"));
        return std::nullopt;
    }
    return value.toString();
}

std::optional<QByteArray> FieldReader::headerValue(QLatin1StringView name)
{
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    if (const auto problem = problemOfHeaderValue(*written)) {
        wrong(name, *problem);
        return std::nullopt;
    }
    return written->toLatin1();
}

std::optional<double> FieldReader::number(QLatin1StringView name, double least, double most)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    const double read = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(read >= least && read <= most)) {
        wrong(name, QStringLiteral("is not a number from %1 to %2").arg(least).arg(most));
        return std::nullopt;
    }
    return read;
}

std::optional<qint64> FieldReader::integer(QLatin1StringView name, qint64 least, qint64 most)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    const double read = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(read >= static_cast<double>(least) && read <= static_cast<double>(most)) ||
        read != std::floor(read)) {
        wrong(name, QStringLiteral("is not a whole number from %1 to %2").arg(least).arg(most));
        return std::nullopt;
    }
    return static_cast<qint64>(read);
}

std::optional<bool> FieldReader::boolean(QLatin1StringView name)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    if (!value.isBool()) {
        wrong(name, QStringLiteral("is neither true nor false"));
        return std::nullopt;
    }
    return value.toBool();
}

std::optional<Duration> FieldReader::milliseconds(QLatin1StringView name, Duration least, Duration most)
{
    const auto read = integer(name, toMilliseconds(least), toMilliseconds(most));
    if (!read)
        return std::nullopt;
    return std::chrono::milliseconds(*read);
}

std::optional<Instant> FieldReader::instant(QLatin1StringView name)
{
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    const auto read = parseRfc3339(*written);
    if (!read) {
        wrong(name, read.error().detail);
        return std::nullopt;
    }
    return *read;
}

std::optional<QStringList> FieldReader::texts(QLatin1StringView name)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    QStringList read;
    const auto items = value.toArray();
    for (const auto& item : items)
        read.append(item.toString());
    if (!value.isArray() ||
        !std::all_of(items.begin(), items.end(), [](const auto& i) { return i.isString(); }) ||
        read.join(QString()).contains(QChar::Null)) {
        wrong(name, QStringLiteral("is not an array of strings"));
        return std::nullopt;
    }
    return read;
}

std::optional<QJsonObject> FieldReader::object(QLatin1StringView name)
{
    const auto value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    if (!value.isObject()) {
        wrong(name, QStringLiteral("is not an object"));
        return std::nullopt;
    }
    return value.toObject();
}

std::optional<std::vector<Header>> FieldReader::headers(QLatin1StringView name)
{
    const auto fields = object(name);
    if (!fields)
        return std::nullopt;
    std::vector<Header> read;
    for (auto field = fields->begin(); field != fields->end(); ++field) {
        const QByteArray headerName = field.key().toUtf8();
        const auto problem = field.value().isString() ? problemOfHeader(headerName, field.value().toString())
                                                      : QStringLiteral("has a value that is not a string");
        if (problem)
            m_errors.push_back({pointerTo(QString(name)) + u'/' + escapedForPointer(field.key()), *problem});
        else
            read.push_back({headerName, field.value().toString().toLatin1()});
    }
    return read;
}

void FieldReader::refuseUnknownFields()
{
    for (auto field = m_object.begin(); field != m_object.end(); ++field)
        if (!m_asked.contains(field.key()))
            m_errors.push_back({pointerTo(field.key()), QStringLiteral("is not a known field")});
}

std::optional<QString> problemOfName(const QString& name)
{
    static const QRegularExpression form(QStringLiteral(R"(^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z)"));
    if (form.match(name).hasMatch())
        return std::nullopt;
    return QStringLiteral(
        "is not a name of 1 to 63 letters, digits, dots, dashes and underscores that begins "
        "with a letter or a digit");
}

} // namespace punctual
