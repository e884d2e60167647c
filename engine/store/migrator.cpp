// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrator.h"

#include "store/connection.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <map>

namespace punctual::store
{

namespace
{

// The table is outside the schema `punctual`, which the first migration makes.
constexpr QLatin1StringView prepareSql(R"(
    SET statement_timeout = 0; SET lock_timeout = 0;
    SELECT pg_advisory_lock(hashtext('punctual.migrate'));
    CREATE TABLE IF NOT EXISTS public.punctual_migrations (
        number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now());
    GRANT SELECT ON public.punctual_migrations TO PUBLIC;
)");

QString checksum(const Migration& migration)
{
    return QString::fromLatin1(QCryptographicHash::hash(migration.sql, QCryptographicHash::Sha256).toHex());
}

Result<std::map<int, QString>> appliedChecksums(Connection& connection)
{
    std::map<int, QString> applied;
    auto read = connection.select(
        QStringLiteral("SELECT number, checksum FROM public.punctual_migrations"), {},
        [&](const QSqlQuery& row) { applied.emplace(row.value(0).toInt(), row.value(1).toString()); });
    if (!read)
        return tl::unexpected(read.error());
    return applied;
}

Result<void> apply(Connection& connection, const Migration& migration)
{
    const Actor actor{QStringLiteral("setup"), QStringLiteral("setup")};
    return connection.transaction(actor, [&] {
        return connection.script(QString::fromUtf8(migration.sql)).and_then([&] {
            return connection.run(
                QStringLiteral("INSERT INTO public.punctual_migrations (number, name, checksum) "
                               "VALUES (?, ?, ?)"),
                {migration.number, migration.name, checksum(migration)});
        });
    });
}

/// A login that may only read can still see that everything is there.
Result<bool> isUpToDate(Connection& connection, const std::vector<Migration>& wanted)
{
    bool exists = false;
    auto asked =
        connection.select(QStringLiteral("SELECT to_regclass('public.punctual_migrations') IS NOT NULL"), {},
                          [&](const QSqlQuery& row) { exists = row.value(0).toBool(); });
    if (!asked)
        return tl::unexpected(asked.error());
    if (!exists)
        return false;
    return appliedChecksums(connection).map([&](const std::map<int, QString>& applied) {
        return applied.size() == wanted.size() &&
               std::all_of(wanted.begin(), wanted.end(), [&](const Migration& migration) {
                   const auto known = applied.find(migration.number);
                   return known != applied.end() && known->second == checksum(migration);
               });
    });
}

Result<void> applyMissing(Connection& connection, const std::vector<Migration>& wanted)
{
    const auto applied = appliedChecksums(connection);
    if (!applied)
        return tl::unexpected(applied.error());
    if (!applied->empty() && applied->rbegin()->first > wanted.back().number)
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("The database has schema version %1 and this program knows only version %2: "
                           "install a newer Punctual.")
                .arg(applied->rbegin()->first)
                .arg(wanted.back().number));
    for (const auto& migration : wanted) {
        const auto known = applied->find(migration.number);
        if (known == applied->end()) {
            if (auto done = apply(connection, migration); !done)
                return done;
        } else if (known->second != checksum(migration)) {
            return failure(
                ErrorCode::Unsupported,
                QStringLiteral("Migration %1 of the database is not the one of this program: they are "
                               "of different builds.")
                    .arg(migration.name));
        }
    }
    return {};
}

} // namespace

const std::vector<Migration>& migrations()
{
    static const std::vector<Migration> all = [] {
        std::vector<Migration> found;
        const QDir directory(QStringLiteral(":/migrations"));
        const auto names = directory.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
        for (const auto& name : names) {
            QFile file(directory.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                found.push_back({QStringView(name).left(4).toInt(), name.chopped(4), file.readAll()});
        }
        return found;
    }();
    return all;
}

Result<void> migrate(const DatabaseAddress& address, const std::vector<Migration>& wanted)
{
    Connection connection(address, QStringLiteral("punctual migrate"));
    const auto upToDate = isUpToDate(connection, wanted);
    if (!upToDate)
        return tl::unexpected(upToDate.error());
    if (*upToDate)
        return {};
    // The lock is the session's: it goes with the connection.
    return connection.script(prepareSql).and_then([&] { return applyMissing(connection, wanted); });
}

} // namespace punctual::store
