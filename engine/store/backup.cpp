// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backup.h"

#include "store/connection.h"
#include "store/conninfo.h"
#include "store/migrator.h"
#include "store/postgres_programs.h"
#include "store/scratch_database.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>

#include <unistd.h>

namespace punctual::store
{

namespace
{

constexpr QLatin1StringView purpose("punctual backup");

/// Runs one of PostgreSQL's programs to its end. Its own words say what is wrong.
Result<void> runProgram(const QString& program, const QStringList& arguments, const QString& outputFile = {})
{
    const auto programs = PostgresPrograms::find({}, std::nullopt);
    if (!programs)
        return tl::unexpected(programs.error());
    QProcess process;
    if (!outputFile.isEmpty())
        process.setStandardOutputFile(outputFile, QIODevice::Append);
    process.start(programs->path(program), arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0)
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("%1 has failed: %2")
                           .arg(program, QString::fromLocal8Bit(process.readAllStandardError()).trimmed()));
    return {};
}

Result<void> makePrivateFile(const QString& path)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                  QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return {};
    return failure(ErrorCode::Unsupported,
                   QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString()));
}

Result<void> finish(const QString& written, const QString& path)
{
    QFile file(written);
    if (file.open(QIODevice::ReadWrite) && fsync(file.handle()) == 0 && file.rename(path))
        return {};
    return failure(ErrorCode::Unsupported,
                   QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString()));
}

/// What would be lost if the database were replaced; empty if it is as new.
Result<QString> contentOf(Connection& connection)
{
    QString found;
    return connection
        .select(QStringLiteral("SELECT CASE "
                               "WHEN EXISTS (SELECT FROM punctual.messages) THEN 'messages' "
                               "WHEN EXISTS (SELECT FROM punctual.destinations WHERE NOT built_in) "
                               "THEN 'destinations' END"),
                {}, [&](const QSqlQuery& row) { found = row.value(0).toString(); })
        .map([&] { return found; });
}

Result<void> checkTarget(const DatabaseAddress& address, const RestoreChoice& choice)
{
    Connection connection(address, purpose);
    bool hasNode = false;
    const auto nodes = connection.select(
        QStringLiteral(
            "SELECT FROM punctual.nodes WHERE lease_until > clock_timestamp() AND stopped_at IS NULL"),
        {}, [&](const QSqlQuery&) { hasNode = true; });
    if (!nodes)
        return tl::unexpected(nodes.error());
    if (hasNode)
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("A node delivers from this database: stop punctuald and the windows first."));
    return contentOf(connection).and_then([&](const QString& content) -> Result<void> {
        if (content.isEmpty() || choice.replace)
            return {};
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The database is not empty: it has %1. With --replace they are lost.")
                           .arg(content));
    });
}

/// Makes of a copy what an installation may start with.
Result<Restored> settle(const DatabaseAddress& copy, const Actor& actor, const RestoreChoice& choice)
{
    Connection connection(copy, purpose);
    Restored restored;
    return connection.transaction(actor, [&] {
        return connection
            .select(QStringLiteral("SELECT waiting, paused FROM punctual.settle_restored(?)"),
                    {!choice.resume},
                    [&](const QSqlQuery& row) {
                        restored = {row.value(0).toLongLong(), row.value(1).toLongLong()};
                    })
            .map([&] { return restored; });
    });
}

QString nameOf(const DatabaseAddress& address)
{
    Connection connection(address, purpose);
    QString name;
    (void)connection.select(QStringLiteral("SELECT quote_ident(current_database())"), {},
                            [&](const QSqlQuery& row) { name = row.value(0).toString(); });
    return name;
}

/// Both names change in one transaction.
Result<void> exchange(const DatabaseAddress& address, const QString& name, const QString& copy,
                      const QString& old)
{
    Connection connection(withDatabase(address, QStringLiteral("postgres")), purpose);
    return connection
        .script(
            QStringLiteral("BEGIN; ALTER DATABASE %1 RENAME TO %3; ALTER DATABASE %2 RENAME TO %1; COMMIT")
                .arg(name, copy, old))
        .map_error([&](Error error) {
            (void)connection.script(QStringLiteral("ROLLBACK"));
            if (error.code == ErrorCode::Unavailable)
                return error;
            return Error{
                ErrorCode::Conflict,
                QStringLiteral("The database cannot be replaced, because others are connected to it: %1")
                    .arg(error.detail)};
        })
        .and_then([&] { return connection.script(QStringLiteral("SET statement_timeout = 0")); })
        .and_then(
            [&] { return connection.script(QStringLiteral("DROP DATABASE %1 WITH (FORCE)").arg(old)); });
}

} // namespace

Result<void> backUp(const DatabaseAddress& address, const QString& file)
{
    if (QFileInfo::exists(file))
        return failure(ErrorCode::Conflict, QStringLiteral("%1 exists already.").arg(file));
    const QString written = file + QStringLiteral(".part");
    QFile::remove(written); // of one that was cut off
    // What only tells those who follow along what has just changed is of no use elsewhere.
    auto dumped = makePrivateFile(written)
                      .and_then([&] {
                          return runProgram(QStringLiteral("pg_dump"),
                                            {QStringLiteral("--format=custom"), QStringLiteral("--no-owner"),
                                             QStringLiteral("--exclude-table-data=punctual.changes"),
                                             QStringLiteral("--dbname"), address.conninfo},
                                            written);
                      })
                      .and_then([&] { return finish(written, file); });
    if (!dumped)
        QFile::remove(written);
    return dumped;
}

Result<Restored> restore(const DatabaseAddress& address, const QString& file, const Actor& actor,
                         const RestoreChoice& choice)
{
    if (!QFileInfo(file).isReadable())
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 cannot be read.").arg(file));
    if (const auto checked = checkTarget(address, choice); !checked)
        return tl::unexpected(checked.error());
    const QString name = nameOf(address);
    const QString suffix = QString::number(QRandomGenerator::system()->generate(), 16);
    // Nobody may be connected to the database itself in the end.
    auto copy = ScratchDatabase::create(withDatabase(address, QStringLiteral("postgres")),
                                        QStringLiteral("punctual_restore"));
    if (!copy)
        return tl::unexpected(copy.error());
    const DatabaseAddress there = (*copy)->address();
    Restored restored;
    return runProgram(QStringLiteral("pg_restore"),
                      {QStringLiteral("--exit-on-error"), QStringLiteral("--single-transaction"),
                       QStringLiteral("--no-owner"), QStringLiteral("--dbname"), there.conninfo, file})
        .map_error([](const Error& error) {
            return Error{ErrorCode::InvalidInput, error.detail};
        })
        .and_then([&] { return migrate(there); })
        .and_then([&] { return settle(there, actor, choice); })
        .and_then([&](const Restored& settled) {
            restored = settled;
            // From then on the scratch database has another name, and nothing is dropped with it.
            return exchange(address, name, nameOf(there), QStringLiteral("punctual_replaced_") + suffix);
        })
        .map([&] { return restored; });
}

} // namespace punctual::store
