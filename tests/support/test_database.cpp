// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_database.h"

#include "core/uuid_v7.h"
#include "store/migrator.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSqlError>
#include <QSqlQuery>

#include <utility>

namespace punctual::test
{

namespace
{

constexpr QLatin1StringView templateName("punctual_template");

/// The connection string of a cluster that lives as long as this program.
QString startOwnCluster()
{
    static QProcess* cluster = nullptr;
    cluster = new QProcess;
    cluster->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    cluster->start(QStringLiteral(PUNCTUAL_TEST_POSTGRES), {QStringLiteral("serve")});
    qAddPostRoutine([] {
        cluster->closeWriteChannel();
        cluster->waitForFinished();
        delete cluster;
    });
    while (!cluster->canReadLine())
        if (!cluster->waitForReadyRead())
            qFatal("No PostgreSQL could be started for the tests.");
    return QString::fromUtf8(cluster->readLine()).trimmed();
}

/// The connection string of `database` in the cluster for tests.
QString conninfo(const QString& database)
{
    static const QString cluster = qEnvironmentVariableIsSet("PUNCTUAL_TEST_DATABASE")
                                       ? qEnvironmentVariable("PUNCTUAL_TEST_DATABASE")
                                       : startOwnCluster();
    return cluster + QStringLiteral(" dbname=") + database;
}

QSqlDatabase opened(const QString& database)
{
    static int number = 0;
    auto connection =
        QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), QStringLiteral("test-%1").arg(++number));
    connection.setConnectOptions(conninfo(database));
    if (!connection.open())
        qFatal("No connection to the database for tests: %s", qPrintable(connection.lastError().text()));
    return connection;
}

void close(QSqlDatabase& connection)
{
    const QString name = connection.connectionName();
    connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

QSqlQuery run(const QSqlDatabase& connection, const QString& sql)
{
    QSqlQuery query(connection);
    if (!query.exec(sql))
        qFatal("%s\n%s", qPrintable(sql), qPrintable(query.lastError().text()));
    return query;
}

/// A connection for creating and dropping databases, for the length of one call.
template <class Work>
void inMaintenance(Work&& work)
{
    auto connection = opened(QStringLiteral("postgres"));
    work(connection);
    close(connection);
}

/// Test programs run at the same time: one makes the template, the others wait for it. It gets its name
/// when it is complete.
void makeTemplate(const QSqlDatabase& connection)
{
    run(connection, QStringLiteral("SELECT pg_advisory_lock(7163)"));
    const QString count =
        QStringLiteral("SELECT count(*) FROM pg_database WHERE datname = '%1'").arg(templateName);
    auto found = run(connection, count);
    if (found.next() && found.value(0).toInt() == 0) {
        const QString raw = templateName + QStringLiteral("_raw");
        run(connection, QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(raw));
        run(connection, QStringLiteral("CREATE DATABASE %1").arg(raw));
        if (const auto migrated = store::migrate({conninfo(raw)}); !migrated)
            qFatal("The schema could not be made: %s", qPrintable(migrated.error().detail));
        run(connection, QStringLiteral("ALTER DATABASE %1 WITH ALLOW_CONNECTIONS false").arg(raw));
        run(connection, QStringLiteral("ALTER DATABASE %1 RENAME TO %2").arg(raw, templateName));
    }
    run(connection, QStringLiteral("SELECT pg_advisory_unlock(7163)"));
}

} // namespace

TestDatabase::TestDatabase()
    : TestDatabase(templateName)
{
}

TestDatabase TestDatabase::emptyDatabase()
{
    return TestDatabase(QStringLiteral("template0"));
}

TestDatabase::TestDatabase(const QString& from)
    : m_name(QStringLiteral("test_") + QUuid::createUuid().toString(QUuid::Id128))
{
    inMaintenance([&](const QSqlDatabase& connection) {
        if (from == templateName)
            makeTemplate(connection);
        run(connection, QStringLiteral("CREATE DATABASE %1 TEMPLATE %2").arg(m_name, from));
    });
}

TestDatabase::~TestDatabase()
{
    close(m_connection);
    inMaintenance([&](const QSqlDatabase& connection) {
        run(connection, QStringLiteral("DROP DATABASE %1 WITH (FORCE)").arg(m_name));
    });
}

DatabaseAddress TestDatabase::address() const
{
    return {conninfo(m_name), {*SecretKey::parse(QByteArray(64, '5'))}};
}

QSqlDatabase& TestDatabase::connection()
{
    if (!m_connection.isOpen())
        m_connection = opened(m_name);
    return m_connection;
}

void TestDatabase::exec(const QString& sql)
{
    run(connection(), sql);
}

QVariant TestDatabase::value(const QString& sql)
{
    auto query = run(connection(), sql);
    return query.next() ? query.value(0) : QVariant();
}

} // namespace punctual::test
