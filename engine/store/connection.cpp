// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "store/conninfo.h"
#include "store/sql_error.h"

#include <QSqlError>

#include <atomic>

namespace punctual::store
{

namespace
{

QString uniqueName()
{
    static std::atomic<int> count = 0;
    return QStringLiteral("punctual-%1").arg(++count);
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

} // namespace

Connection::Connection(const DatabaseAddress& address, const QString& purpose)
    : m_name(uniqueName())
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name))
{
    configure(m_database, address, purpose);
}

Connection::~Connection()
{
    close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<void> Connection::open()
{
    if (m_database.isOpen())
        return {};
    if (!m_database.isValid())
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("The PostgreSQL driver of Qt is missing: install libqt6sql6-psql."));
    if (!m_database.open()) {
        const QString reason = reasonOf(m_database.lastError());
        close();
        return failure(ErrorCode::Unavailable,
                       QStringLiteral("The database does not answer: %1").arg(reason));
    }
    return {};
}

void Connection::close()
{
    qDeleteAll(m_prepared);
    m_prepared.clear();
    m_inTransaction = false;
    m_database.close();
}

Result<void> Connection::select(const QString& sql, const QVariantList& values, const RowReader& row)
{
    const auto query = execute(sql, values);
    if (!query)
        return tl::unexpected(query.error());
    while ((*query)->next())
        row(**query);
    (*query)->finish();
    return {};
}

Result<void> Connection::run(const QString& sql, const QVariantList& values)
{
    return select(sql, values, [](const QSqlQuery&) {});
}

Result<void> Connection::script(const QString& sql)
{
    if (auto opened = open(); !opened)
        return opened;
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failed(query.lastError());
    return {};
}

Result<QSqlQuery*> Connection::execute(const QString& sql, const QVariantList& values)
{
    for (int tries = 1;; ++tries) {
        const auto query = prepared(sql);
        if (!query)
            return query;
        for (int i = 0; i < values.size(); ++i)
            (*query)->bindValue(i, values[i]);
        if ((*query)->exec())
            return query;
        auto error = failed((*query)->lastError());
        if (!m_lostRace || m_inTransaction || tries == mostTries)
            return error;
    }
}

Result<QSqlQuery*> Connection::prepared(const QString& sql)
{
    if (const auto known = m_prepared.constFind(sql); known != m_prepared.constEnd())
        return *known;
    if (auto opened = open(); !opened)
        return tl::unexpected(opened.error());
    auto query = std::make_unique<QSqlQuery>(m_database);
    if (!query->prepare(sql))
        return failed(query->lastError());
    return *m_prepared.insert(sql, query.release());
}

tl::unexpected<Error> Connection::failed(const QSqlError& error)
{
    m_lostRace = isLostRace(error);
    if (isConnectionLoss(error))
        close();
    return tl::unexpected(toError(error));
}

Result<void> Connection::begin(const Actor& actor)
{
    m_lostRace = false;
    QString sql = QStringLiteral("BEGIN;");
    if (actor.role)
        sql += QStringLiteral("SET LOCAL ROLE punctual_%1;").arg(toText(*actor.role));
    sql += QStringLiteral(
               "SELECT set_config('punctual.actor', %1, true), set_config('punctual.origin', %2, true), "
               "set_config('punctual.reason', %3, true)")
               .arg(quoted(actor.name), quoted(actor.origin), quoted(actor.reason));
    auto begun = script(sql);
    m_inTransaction = begun.has_value();
    return begun;
}

void Connection::rollback()
{
    const bool lostRace = m_lostRace;
    m_inTransaction = false;
    if (m_database.isOpen() && !script(QStringLiteral("ROLLBACK")))
        close();
    m_lostRace = lostRace;
}

} // namespace punctual::store
