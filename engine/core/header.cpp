// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/header.h"

#include <algorithm>

namespace punctual
{

namespace
{

bool isToken(QByteArrayView name) // RFC 9110, section 5.6.2
{
    static constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.contains(c);
    });
}

bool isReserved(const QByteArray& lowerName)
{
    static const QByteArrayList reserved{
        "host",   "content-length",  "content-type", "transfer-encoding", "connection",
        "expect", "idempotency-key", "upgrade",      "keep-alive",        "te",
        "trailer"};
    return reserved.contains(lowerName) || lowerName.startsWith("punctual-") ||
           lowerName.startsWith("webhook-");
}

} // namespace

std::optional<QString> problemOfHeader(const QByteArray& name, const QString& value)
{
    if (!isToken(name))
        return QStringLiteral("is not a valid header name");
    if (isReserved(name.toLower()))
        return QStringLiteral("is set by Punctual and cannot be given");
    return problemOfHeaderValue(value);
}

std::optional<QString> problemOfHeaderValue(const QString& value)
{
    const bool printable = std::all_of(value.begin(), value.end(), [](QChar c) {
        return c == u'\t' || (c.unicode() >= 0x20 && c.unicode() != 0x7F && c.unicode() <= 0xFF);
    });
    if (!printable || value.trimmed() != value)
        return QStringLiteral("has control characters, outer spaces or characters beyond Latin-1");
    if (value == hiddenValue)
        return QStringLiteral("is the placeholder of a hidden value; give the value itself");
    return std::nullopt;
}

bool isSecretHeader(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    static const QByteArrayList parts{"auth", "cookie", "token", "secret", "password", "key", "signature"};
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return lower.contains(part); });
}

QJsonObject toJson(const std::vector<Header>& headers)
{
    QJsonObject object;
    for (const auto& header : headers)
        object.insert(QString::fromLatin1(header.name),
                      isSecretHeader(header.name) ? QString(hiddenValue) : QString::fromLatin1(header.value));
    return object;
}

} // namespace punctual
