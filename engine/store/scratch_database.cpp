// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/scratch_database.h"

#include "store/conninfo.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QStringList>

namespace punctual::store
{

namespace
{

Q_LOGGING_CATEGORY(logScratch, "punctual.scratch")

constexpr QLatin1StringView purpose("punctual scratch database");

/// Making and dropping a database waits for the disk.
Result<void> openPatiently(Connection& connection)
{
    return connection.script(QStringLiteral("SET statement_timeout = 0"));
}

/// Drops what killed programs left. What cannot be dropped stays: nobody waits for it.
void sweep(const DatabaseAddress& beside, const QString& prefix)
{
    Connection connection(beside, purpose); // its locks go with it
    QStringList left;
    const auto found = openPatiently(connection).and_then([&] {
        return connection.select(
            QStringLiteral("SELECT datname FROM pg_database WHERE CASE WHEN datname ~ ? "
                           "THEN pg_try_advisory_lock(hashtext(datname)) ELSE false END"),
            {QStringLiteral("^%1_[0-9]+_[0-9a-f]+$").arg(prefix)},
            [&](const QSqlQuery& row) { left.append(row.value(0).toString()); });
    });
    for (const auto& name : std::as_const(left))
        if (const auto dropped = connection.run(QStringLiteral("DROP DATABASE IF EXISTS %1").arg(name));
            !dropped)
            qCInfo(logScratch, "The database %ls stays: %ls", qUtf16Printable(name),
                   qUtf16Printable(dropped.error().detail));
    if (!found)
        qCInfo(logScratch, "Nothing is swept up: %ls", qUtf16Printable(found.error().detail));
}

} // namespace

ScratchDatabase::ScratchDatabase(const DatabaseAddress& beside, const QString& name)
    : m_beside(beside)
    , m_name(name)
    , m_connection(beside, purpose)
{
}

ScratchDatabase::~ScratchDatabase()
{
    if (!m_created)
        return;
    auto dropped = drop();
    if (!dropped && dropped.error().code == ErrorCode::Unavailable)
        dropped = drop(); // on a new connection
    if (!dropped)
        qCWarning(logScratch, "The database %ls is left: %ls", qUtf16Printable(m_name),
                  qUtf16Printable(dropped.error().detail));
}

Result<std::unique_ptr<ScratchDatabase>> ScratchDatabase::create(const DatabaseAddress& beside,
                                                                 const QString& prefix)
{
    sweep(beside, prefix);
    const QString name = QStringLiteral("%1_%2_%3")
                             .arg(prefix)
                             .arg(QCoreApplication::applicationPid())
                             .arg(QRandomGenerator::system()->generate(), 0, 16);
    std::unique_ptr<ScratchDatabase> database(new ScratchDatabase(beside, name));
    if (const auto created = database->create(); !created)
        return tl::unexpected(database->explained(created.error()));
    return database;
}

DatabaseAddress ScratchDatabase::address() const
{
    return withDatabase(m_beside, m_name);
}

Result<void> ScratchDatabase::create()
{
    return openPatiently(m_connection)
        .and_then([&] {
            return m_connection.run(QStringLiteral("SELECT pg_advisory_lock(hashtext(?))"), {m_name});
        })
        .and_then([&] {
            // template0: nobody can be connected to it, which would keep it from being copied.
            return m_connection.run(QStringLiteral("CREATE DATABASE %1 TEMPLATE template0").arg(m_name));
        })
        .map([&] { m_created = true; });
}

Result<void> ScratchDatabase::drop()
{
    return openPatiently(m_connection).and_then([&] {
        return m_connection.run(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_name));
    });
}

Error ScratchDatabase::explained(const Error& error)
{
    if (error.code != ErrorCode::Forbidden)
        return error;
    QString role;
    if (!m_connection.select(QStringLiteral("SELECT current_user"), {},
                             [&](const QSqlQuery& row) { role = row.value(0).toString(); }))
        return error;
    return {ErrorCode::Unsupported,
            QStringLiteral("The role \"%1\" may not create databases; an administrator allows it by "
                           "ALTER ROLE \"%1\" CREATEDB.")
                .arg(role)};
}

} // namespace punctual::store
