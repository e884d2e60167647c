// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/administration_queries.h"

#include "store/row.h"

#include <QJsonObject>

namespace punctual::store
{

namespace
{

QVariant microseconds(const std::optional<Instant>& instant)
{
    return instant ? QVariant(toMicroseconds(*instant)) : QVariant(QMetaType(QMetaType::LongLong));
}

QVariant arrayOrNull(const QStringList& texts)
{
    return texts.isEmpty() ? QVariant(QMetaType(QMetaType::QString)) : QVariant(arrayOf(texts));
}

/// What the audit holds is an object or nothing.
QJsonValue jsonAt(const QSqlQuery& row, int column)
{
    return row.isNull(column) ? QJsonValue() : QJsonValue(objectAt(row, column));
}

AuditEntry readEntry(const QSqlQuery& row)
{
    return {
        row.value(0).toLongLong(), instantAt(row, 1),       row.value(2).toString(), row.value(3).toString(),
        row.value(4).toString(),   row.value(5).toString(), row.value(6).toString(), row.value(7).toString(),
        row.value(8).toString(),   jsonAt(row, 9),          jsonAt(row, 10),         row.value(11).toString(),
        row.value(12).toBool()};
}

} // namespace

Result<void> makeToken(Connection& connection, const NewToken& token, const QByteArray& hash)
{
    return connection.run(QStringLiteral("SELECT punctual.make_token(?, ?, ?, ?, ?)"),
                          {token.name, QString(toText(token.role)), hash, microseconds(token.expiresAt),
                           arrayOrNull(token.destinations)});
}

Result<void> revokeToken(Connection& connection, const QString& name)
{
    return connection.run(QStringLiteral("SELECT punctual.revoke_token(?)"), {name});
}

Result<std::vector<TokenRecord>> tokens(Connection& connection)
{
    std::vector<TokenRecord> tokens;
    return connection
        .select(
            QStringLiteral("SELECT name, role, destinations, created_us, created_by, expires_us, revoked_us, "
                           "last_used_us FROM punctual.tokens()"),
            {},
            [&](const QSqlQuery& row) {
                tokens.push_back({row.value(0).toString(),
                                  parseRole(row.value(1).toString()).value_or(Role::Viewer), textsAt(row, 2),
                                  instantAt(row, 3), row.value(4).toString(), optionalInstantAt(row, 5),
                                  optionalInstantAt(row, 6), optionalInstantAt(row, 7)});
            })
        .map([&] { return std::move(tokens); });
}

Result<std::vector<AuditEntry>> audit(Connection& connection, const AuditFilter& filter, int limit)
{
    QString conditions;
    QVariantList values;
    const auto add = [&](bool given, QLatin1StringView condition, const QVariant& value) {
        if (!given)
            return;
        conditions +=
            (conditions.isEmpty() ? QStringLiteral(" WHERE ") : QStringLiteral(" AND ")) + condition;
        values.append(value);
    };
    add(!filter.actor.isEmpty(), QLatin1StringView("a.actor = ?"), filter.actor);
    add(!filter.action.isEmpty(), QLatin1StringView("a.action = ?"), filter.action);
    add(!filter.kind.isEmpty(), QLatin1StringView("a.kind = ?"), filter.kind);
    // A small batch names all its messages; these are the words of its index (audit_by_batch).
    add(!filter.object.isEmpty(),
        QLatin1StringView("(a.object = ? OR (jsonb_typeof(a.after -> 'ids') = 'array' "
                          "AND a.after -> 'ids' @> to_jsonb(CAST(? AS text))))"),
        filter.object);
    if (!filter.object.isEmpty())
        values.append(filter.object);
    add(!filter.origin.isEmpty(), QLatin1StringView("a.origin = ?"), filter.origin);
    add(filter.after.has_value(), QLatin1StringView("a.at >= punctual.instant(?)"),
        microseconds(filter.after));
    add(filter.before.has_value(), QLatin1StringView("a.at < punctual.instant(?)"),
        microseconds(filter.before));
    add(filter.beforeId.has_value(), QLatin1StringView("a.id < ?"), filter.beforeId.value_or(0));
    values.append(limit);
    std::vector<AuditEntry> entries;
    return connection
        .select(
            QStringLiteral("SELECT a.id, punctual.micros(a.at), a.actor, a.login, a.origin, host(a.address), "
                           "a.action, a.kind, a.object, a.before::text, a.after::text, a.reason, a.id <= "
                           "coalesce((SELECT max(s.last_id) FROM punctual.audit_seals s), 0) "
                           "FROM punctual.audit a") +
                conditions + QStringLiteral(" ORDER BY a.id DESC LIMIT ?"),
            values, [&](const QSqlQuery& row) { entries.push_back(readEntry(row)); })
        .map([&] { return std::move(entries); });
}

Result<std::vector<AuditSeal>> checkSeals(Connection& connection, qint64 after, int limit)
{
    std::vector<AuditSeal> seals;
    return connection
        .select(QStringLiteral(
                    "SELECT number, sealed_us, first_id, last_id, row_count, found, hash, is_intact, is_cut "
                    "FROM punctual.check_seals(?, ?)"),
                {after, limit},
                [&](const QSqlQuery& row) {
                    seals.push_back({row.value(0).toLongLong(), instantAt(row, 1), row.value(2).toLongLong(),
                                     row.value(3).toLongLong(), row.value(4).toLongLong(),
                                     row.value(5).toLongLong(), row.value(6).toByteArray(),
                                     row.value(7).toBool(), row.value(8).toBool()});
                })
        .map([&] { return std::move(seals); });
}

} // namespace punctual::store
