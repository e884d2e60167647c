// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/destination_queries.h"

#include "core/destination_json.h"
#include "store/message_headers.h"
#include "store/row.h"

#include <QJsonDocument>

namespace punctual::store
{

namespace
{

QVariant orNull(std::optional<qint64> value)
{
    return value ? QVariant(*value) : QVariant(QMetaType(QMetaType::LongLong));
}

Result<bool> selectBool(Connection& connection, const QString& sql, const QVariantList& values)
{
    bool answer = false;
    return connection.select(sql, values, [&](const QSqlQuery& row) { answer = row.value(0).toBool(); })
        .map([&] { return answer; });
}

} // namespace

Result<void> checkKey(Connection& connection, const QString& but)
{
    QByteArray foreign;
    auto read = connection.select(
        QStringLiteral("SELECT secrets FROM punctual.destinations WHERE secrets IS NOT NULL AND name <> ?"),
        {but}, [&](const QSqlQuery& row) {
            if (const QByteArray sealed = row.value(0).toByteArray(); !connection.secretBox().isKnown(sealed))
                foreign = sealed;
        });
    if (!read)
        return read;
    if (foreign.isEmpty())
        return {};
    return tl::unexpected(connection.secretBox().open(foreign, {}).error());
}

Result<std::vector<Destination>> destinations(Connection& connection)
{
    std::vector<Destination> all;
    static const QString sql =
        QStringLiteral(
            "SELECT %1 FROM punctual.destinations d LEFT JOIN punctual.lanes l ON l.destination = d.name "
            "ORDER BY d.name")
            .arg(destinationColumns);
    return connection
        .select(sql, {},
                [&](const QSqlQuery& row) { all.push_back(readDestination(row, connection.secretBox())); })
        .map([&] { return std::move(all); });
}

Result<Destination> destination(Connection& connection, const QString& name)
{
    std::optional<Destination> found;
    static const QString sql =
        QStringLiteral(
            "SELECT %1 FROM punctual.destinations d LEFT JOIN punctual.lanes l ON l.destination = d.name "
            "WHERE d.name = ?")
            .arg(destinationColumns);
    auto read = connection.select(
        sql, {name}, [&](const QSqlQuery& row) { found = readDestination(row, connection.secretBox()); });
    if (!read)
        return tl::unexpected(read.error());
    if (!found)
        return failure(ErrorCode::NotFound, QStringLiteral("There is no destination \"%1\".").arg(name));
    return *found;
}

Result<bool> putDestination(Connection& connection, const Destination& wanted, std::optional<qint64> version)
{
    Destination destination = wanted;
    QByteArray plain = toBytes(takeCredentials(destination));
    QVariant sealed{QMetaType(QMetaType::QByteArray)};
    if (!plain.isEmpty()) {
        if (auto shared = checkKey(connection, destination.name); !shared)
            return tl::unexpected(shared.error());
        auto bytes = connection.secretBox().seal(plain, destination.name.toUtf8());
        wipe(plain);
        if (!bytes)
            return tl::unexpected(bytes.error());
        sealed = *bytes;
    }
    const auto settings = QJsonDocument(settingsOf(destination)).toJson(QJsonDocument::Compact);
    return selectBool(connection, QStringLiteral("SELECT punctual.put_destination(?, ?, ?, ?)"),
                      {destination.name, QString::fromUtf8(settings), sealed, orNull(version)});
}

namespace
{

/// Of messages, those of history too: they may be replayed.
Result<void> resealMessages(Connection& connection)
{
    struct Sealed
    {
        QString id;
        QString destination;
        QByteArray headers;
    };
    // In the order of ids it looks at every message once, however many there are.
    auto patience = connection.run(QStringLiteral("SET LOCAL statement_timeout = '1h'"));
    QString last = QUuid().toString(QUuid::WithoutBraces);
    for (std::vector<Sealed> page(1); patience && !page.empty();) {
        page.clear();
        patience = connection.select(
            QStringLiteral("SELECT id, destination, headers::text FROM punctual.messages WHERE id > ? "
                           "AND jsonb_path_exists(headers, '$[*][1].sealed') ORDER BY id LIMIT 500"),
            {last}, [&](const QSqlQuery& row) {
                page.push_back(
                    {row.value(0).toString(), row.value(1).toString(), row.value(2).toByteArray()});
            });
        for (const auto& [id, destination, headers] : page) {
            last = id;
            const auto again = resealHeaders(headers, destination, connection.secretBox());
            if (!again)
                return failure(again.error().code,
                               QStringLiteral("Message %1: %2").arg(id, again.error().detail));
            if (!*again)
                continue;
            auto done = connection.run(
                QStringLiteral("SELECT punctual.reseal_message(?, CAST(? AS jsonb), CAST(? AS jsonb))"),
                {id, QString::fromUtf8(headers), QString::fromUtf8(**again)});
            if (!done)
                return done;
        }
    }
    return patience;
}

} // namespace

Result<int> resealSecrets(Connection& connection)
{
    if (auto messages = resealMessages(connection); !messages)
        return tl::unexpected(messages.error());
    std::vector<std::pair<QString, QByteArray>> outdated;
    const SecretBox& box = connection.secretBox();
    auto read = connection.select(
        QStringLiteral("SELECT name, secrets FROM punctual.destinations WHERE secrets IS NOT NULL"), {},
        [&](const QSqlQuery& row) {
            if (const QByteArray sealed = row.value(1).toByteArray(); !box.isCurrent(sealed))
                outdated.emplace_back(row.value(0).toString(), sealed);
        });
    if (!read)
        return tl::unexpected(read.error());
    for (const auto& [name, sealed] : outdated) {
        auto plain = box.open(sealed, name.toUtf8());
        if (!plain)
            return failure(plain.error().code, QStringLiteral("%1: %2").arg(name, plain.error().detail));
        const auto again = box.seal(*plain, name.toUtf8());
        wipe(*plain);
        if (!again)
            return tl::unexpected(again.error());
        // Somebody who changed them meanwhile sealed them with a current key.
        auto done = connection.run(QStringLiteral("SELECT punctual.reseal_destination(?, ?, ?)"),
                                   {name, sealed, *again});
        if (!done)
            return tl::unexpected(done.error());
    }
    return static_cast<int>(outdated.size());
}

Result<void> removeDestination(Connection& connection, const QString& name)
{
    return connection.run(QStringLiteral("SELECT punctual.remove_destination(?)"), {name});
}

Result<void> pauseDestination(Connection& connection, const QString& name, std::optional<Instant> until)
{
    return connection.run(QStringLiteral("SELECT punctual.set_pause(?, true, ?)"),
                          {name, orNull(until ? std::optional(toMicroseconds(*until)) : std::nullopt)});
}

Result<void> resumeDestination(Connection& connection, const QString& name)
{
    return connection.run(QStringLiteral("SELECT punctual.set_pause(?, false, NULL)"), {name});
}

Result<Token> authenticate(Connection& connection, const QByteArray& hash)
{
    std::optional<Token> token;
    auto read = connection.select(
        QStringLiteral("SELECT id, name, role, destinations FROM punctual.authenticate(?)"), {hash},
        [&](const QSqlQuery& row) {
            token = Token{uuidAt(row, 0), row.value(1).toString(),
                          parseRole(row.value(2).toString()).value_or(Role::Viewer), textsAt(row, 3)};
        });
    if (!read)
        return tl::unexpected(read.error());
    if (!token)
        return failure(ErrorCode::Unauthenticated,
                       QStringLiteral("The token is not known, expired or revoked."));
    return *token;
}

Result<bool> makeFirstToken(Connection& connection, const QString& name, const QByteArray& hash)
{
    return selectBool(connection, QStringLiteral("SELECT punctual.make_first_token(?, ?)"), {name, hash});
}

} // namespace punctual::store
