// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dead_letters.h"

#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual
{

namespace
{

constexpr auto forUrls = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QString toText(const DeadLetterCursor& cursor)
{
    const QByteArray plain =
        QByteArray::number(toMicroseconds(cursor.lastAt)) + ' ' + cursor.fingerprint.toLatin1();
    return QString::fromLatin1(plain.toBase64(forUrls));
}

std::optional<DeadLetterCursor> parseDeadLetterCursor(const QString& text)
{
    const auto plain =
        QByteArray::fromBase64Encoding(text.toLatin1(), forUrls | QByteArray::AbortOnBase64DecodingErrors);
    const auto parts = plain.decoded.split(' ');
    if (plain.decodingStatus != QByteArray::Base64DecodingStatus::Ok || parts.size() != 2)
        return std::nullopt;
    bool isNumber = false;
    const DeadLetterCursor cursor{instantOf(parts[0].toLongLong(&isNumber)), QString::fromLatin1(parts[1])};
    return isNumber && toText(cursor) == text ? std::optional(cursor) : std::nullopt;
}

QJsonObject toJson(const DeadLetterGroup& group)
{
    QJsonArray hours;
    for (const qint64 count : group.hours)
        hours.append(count);
    return {
        {QStringLiteral("fingerprint"), group.fingerprint},
        {QStringLiteral("destination"), group.destination},
        {QStringLiteral("status"), group.status != 0 ? QJsonValue(group.status) : QJsonValue()},
        {QStringLiteral("error"), group.error.isEmpty() ? QJsonValue() : QJsonValue(group.error)},
        {QStringLiteral("count"), group.count},
        {QStringLiteral("first_at"), toRfc3339(group.firstAt)},
        {QStringLiteral("last_at"), toRfc3339(group.lastAt)},
        {QStringLiteral("message"), toText(group.message)},
        {QStringLiteral("hours"), hours},
    };
}

} // namespace punctual
