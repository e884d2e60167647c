// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit_json.h"

#include <QJsonArray>

namespace punctual
{

namespace
{

QJsonValue textOrNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue timeOrNull(const std::optional<Instant>& instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue();
}

} // namespace

QJsonObject toJson(const AuditEntry& entry)
{
    return {{QStringLiteral("id"), entry.id},         {QStringLiteral("at"), toRfc3339(entry.at)},
            {QStringLiteral("actor"), entry.actor},   {QStringLiteral("login"), entry.login},
            {QStringLiteral("origin"), entry.origin}, {QStringLiteral("address"), textOrNull(entry.address)},
            {QStringLiteral("action"), entry.action}, {QStringLiteral("kind"), entry.kind},
            {QStringLiteral("object"), entry.object}, {QStringLiteral("before"), entry.before},
            {QStringLiteral("after"), entry.after},   {QStringLiteral("reason"), textOrNull(entry.reason)},
            {QStringLiteral("sealed"), entry.sealed}};
}

QJsonObject toJson(const AuditSeal& seal)
{
    return {{QStringLiteral("number"), seal.number},
            {QStringLiteral("sealed_at"), toRfc3339(seal.sealedAt)},
            {QStringLiteral("first_id"), seal.firstId},
            {QStringLiteral("last_id"), seal.lastId},
            {QStringLiteral("rows"), seal.rows},
            {QStringLiteral("found"), seal.found},
            {QStringLiteral("hash"), QString::fromLatin1(seal.hash.toHex())},
            {QStringLiteral("intact"), seal.intact},
            {QStringLiteral("cut"), seal.cut}};
}

QJsonObject toJson(const TokenRecord& token)
{
    return {{QStringLiteral("name"), token.name},
            {QStringLiteral("role"), QString(toText(token.role))},
            {QStringLiteral("destinations"),
             token.destinations.isEmpty() ? QJsonValue()
                                          : QJsonValue(QJsonArray::fromStringList(token.destinations))},
            {QStringLiteral("created_at"), toRfc3339(token.createdAt)},
            {QStringLiteral("created_by"), textOrNull(token.createdBy)},
            {QStringLiteral("expires_at"), timeOrNull(token.expiresAt)},
            {QStringLiteral("revoked_at"), timeOrNull(token.revokedAt)},
            {QStringLiteral("last_used_at"), timeOrNull(token.lastUsedAt)}};
}

} // namespace punctual
