// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema_values.h"

#include "core/time.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

#include <cmath>

namespace punctual::test
{

namespace
{

/// SchemaCheck takes these, or they say nothing about values.
const QStringList otherKeywords{QStringLiteral("$ref"),
                                QStringLiteral("description"),
                                QStringLiteral("default"),
                                QStringLiteral("properties"),
                                QStringLiteral("additionalProperties"),
                                QStringLiteral("required"),
                                QStringLiteral("items"),
                                QStringLiteral("allOf"),
                                QStringLiteral("anyOf"),
                                QStringLiteral("oneOf"),
                                QStringLiteral("readOnly")};

QString typeOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("boolean");
    case QJsonValue::Double:
        return value.toDouble() == std::floor(value.toDouble()) ? QStringLiteral("integer")
                                                                : QStringLiteral("number");
    case QJsonValue::String:
        return QStringLiteral("string");
    case QJsonValue::Array:
        return QStringLiteral("array");
    case QJsonValue::Object:
        return QStringLiteral("object");
    }
    Q_UNREACHABLE();
}

bool hasType(const QJsonValue& value, const QJsonValue& allowed)
{
    const auto types = allowed.isArray() ? allowed.toArray() : QJsonArray{allowed};
    const QString type = typeOf(value);
    return types.contains(type) || (type == u"integer" && types.contains(QStringLiteral("number")));
}

bool hasFormat(const QString& text, const QString& format)
{
    if (format == u"date-time")
        return parseRfc3339(text).has_value();
    if (format == u"uuid")
        return QUuid::fromString(text).toString(QUuid::WithoutBraces) == text;
    return format == u"uri" && QUrl(text, QUrl::StrictMode).isValid() && !QUrl(text).scheme().isEmpty();
}

/// Whether the value, if it is of the kind that the keyword speaks of, keeps to it. Nothing: another keyword.
std::optional<bool> keepsTo(const QJsonValue& value, const QString& keyword, const QJsonValue& said)
{
    const bool isNumber = value.isDouble();
    const bool isText = value.isString();
    const auto items = value.toArray().size();
    const auto length = value.toString().toUcs4().size();
    if (keyword == u"type")
        return hasType(value, said);
    if (keyword == u"enum")
        return said.toArray().contains(value);
    if (keyword == u"const")
        return value == said;
    if (keyword == u"minimum")
        return !isNumber || value.toDouble() >= said.toDouble();
    if (keyword == u"maximum")
        return !isNumber || value.toDouble() <= said.toDouble();
    if (keyword == u"minLength")
        return !isText || length >= said.toInteger();
    if (keyword == u"maxLength")
        return !isText || length <= said.toInteger();
    if (keyword == u"minItems")
        return !value.isArray() || items >= said.toInteger();
    if (keyword == u"maxItems")
        return !value.isArray() || items <= said.toInteger();
    if (keyword == u"pattern")
        return !isText || QRegularExpression(said.toString()).match(value.toString()).hasMatch();
    if (keyword == u"format")
        return !isText || hasFormat(value.toString(), said.toString());
    if (keyword == u"contentEncoding")
        return said == QStringLiteral("base64") &&
               (!isText || QByteArray::fromBase64Encoding(value.toString().toLatin1(),
                                                          QByteArray::AbortOnBase64DecodingErrors));
    return std::nullopt;
}

} // namespace

QStringList problemsOf(const QJsonValue& value, const QJsonObject& schema)
{
    QStringList problems;
    for (auto keyword = schema.begin(); keyword != schema.end(); ++keyword) {
        if (otherKeywords.contains(keyword.key()))
            continue;
        const auto kept = keepsTo(value, keyword.key(), *keyword);
        if (!kept)
            problems.append(QStringLiteral("has a keyword that is not understood: ") + keyword.key());
        else if (!*kept)
            problems.append(QStringLiteral("breaks ") + keyword.key());
    }
    return problems;
}

QList<QJsonValue> candidatesFor(const QJsonObject& schema)
{
    QList<QJsonValue> values{7,
                             -1,
                             0.5,
                             true,
                             QStringLiteral("no such word"),
                             QJsonArray{QJsonObject()},
                             QJsonArray{7},
                             QJsonObject{{QStringLiteral("colour"), 7}}};
    for (const auto* border : {"minimum", "maximum"})
        if (const auto number = schema[QLatin1StringView(border)]; number.isDouble())
            for (const int beside : {-1, 0, 1})
                values.append(number.toDouble() + beside);
    if (const auto longest = schema[QStringLiteral("maxLength")]; longest.isDouble())
        for (const int beside : {0, 1})
            values.append(QString(longest.toInteger() + beside, u'x'));
    if (schema.contains(QStringLiteral("minLength")))
        values.append(QString());
    if (schema.contains(QStringLiteral("minItems")))
        values.append(QJsonArray());
    const auto words = schema[QStringLiteral("enum")].toArray();
    for (const auto& word : words)
        values.append(word);
    return values;
}

} // namespace punctual::test
