// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message_list.h"

#include "core/uuid_v7.h"

namespace punctual
{

QString toText(const MessageCursor& cursor)
{
    const QByteArray plain =
        QByteArray::number(toMicroseconds(cursor.dueAt)) + ' ' + toText(cursor.id).toLatin1();
    return QString::fromLatin1(
        plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::optional<MessageCursor> parseMessageCursor(const QString& text)
{
    const auto plain = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const auto parts = plain.decoded.split(' ');
    if (plain.decodingStatus != QByteArray::Base64DecodingStatus::Ok || parts.size() != 2)
        return std::nullopt;
    bool isNumber = false;
    const qint64 microseconds = parts[0].toLongLong(&isNumber);
    const auto id = QUuid::fromString(QLatin1StringView(parts[1]));
    if (!isNumber || id.isNull())
        return std::nullopt;
    return MessageCursor{instantOf(microseconds), id};
}

} // namespace punctual
