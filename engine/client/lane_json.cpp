// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/lane_json.h"

#include "core/uuid_v7.h"

namespace punctual
{

namespace
{

QJsonValue orNull(const std::optional<Instant>& instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue();
}

constexpr auto forUrls = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QJsonObject toJson(const BlockedKey& key)
{
    const QJsonObject head{
        {QStringLiteral("id"), toText(key.head)},
        {QStringLiteral("state"), QString(toText(key.headState))},
        {QStringLiteral("attempts"), key.headAttempts},
        {QStringLiteral("due_at"), toRfc3339(key.headDueAt)},
        {QStringLiteral("next_attempt_at"), orNull(key.headNextAttemptAt)},
        {QStringLiteral("last_error"), key.headError.isEmpty() ? QJsonValue() : QJsonValue(key.headError)},
    };
    return {
        {QStringLiteral("key"), key.key},
        {QStringLiteral("head"), head},
        {QStringLiteral("waiting"), key.waiting},
        {QStringLiteral("parked_at"), orNull(key.parkedAt)},
    };
}

QJsonObject toJson(const QuotaMinute& minute)
{
    return {
        {QStringLiteral("minute"), toRfc3339(minute.minute)},
        {QStringLiteral("used"), minute.used},
        {QStringLiteral("limit"), minute.limit},
        {QStringLiteral("resets_at"), toRfc3339(minute.resetsAt)},
    };
}

QJsonObject toJson(const QuotaNow& quota)
{
    return {
        {QStringLiteral("limit"), quota.limit},
        {QStringLiteral("used"), quota.used},
        {QStringLiteral("resets_at"), toRfc3339(quota.resetsAt)},
        {QStringLiteral("runs_out_at"), orNull(quota.runsOutAt)},
    };
}

QString keyCursor(const QString& key)
{
    return QString::fromLatin1(key.toUtf8().toBase64(forUrls));
}

std::optional<QString> parseKeyCursor(const QString& text)
{
    const auto bytes =
        QByteArray::fromBase64Encoding(text.toLatin1(), forUrls | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || !bytes.decoded.isValidUtf8() || bytes.decoded.contains('\0') ||
        keyCursor(QString::fromUtf8(bytes.decoded)) != text)
        return std::nullopt;
    return QString::fromUtf8(bytes.decoded);
}

} // namespace punctual
