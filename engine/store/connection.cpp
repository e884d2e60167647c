// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "store/conninfo.h"
#include "store/sql_error.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>

#include <openssl/crypto.h>

#include <atomic>

namespace punctual::store
{

namespace
{

constexpr int binary = 1; // libpq's number of the format

// QThread::wait() does not wait for what the system frees at the end of a thread, and some of it is
// OpenSSL's. A program that ends right then would clear OpenSSL away at the same time and crash, so it does
// not: the system takes everything back. Said before main(), as OpenSSL must hear it before anything else.
[[maybe_unused]] const bool opensslStays = []() noexcept {
    return OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;
}();

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

Connection::Connection(const DatabaseAddress& address, const QString& purpose, Wire* wire)
    : m_name(uniqueName())
    , m_secretBox(address.secretKeys)
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name))
    , m_wire(wire)
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
    if (m_wire != nullptr)
        m_wire->opened(PQsocket(native()));
    return {};
}

void Connection::close()
{
    m_inTransaction = false;
    if (m_wire != nullptr)
        m_wire->closed();
    m_database.close();
}

Result<void> Connection::select(const QString& sql, const QVariantList& values, const RowReader& row)
{
    if (auto opened = open(); !opened)
        return opened;
    auto query = execute(withValues(sql, values));
    if (!query)
        return tl::unexpected(query.error());
    while (query->next())
        row(*query);
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
    const Wire::Question question(m_wire);
    // Of several statements QSqlQuery reports the first one only; libpq stops at the one that fails.
    return check(PQexec(native(), sql.toUtf8().constData())).map([](const NativeResult&) {});
}

Result<void> Connection::call(const char* sql, const Parameters& parameters, const BinaryRowReader& row)
{
    if (auto opened = open(); !opened)
        return opened;
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& value : parameters.values()) {
        values.push_back(value.isNull() ? nullptr : value.constData());
        lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> formats(values.size(), binary);
    const Wire::Question question(m_wire);
    for (int tries = 1;; ++tries) {
        const auto result = check(PQexecParams(native(), sql, parameters.size(), parameters.types().data(),
                                               values.data(), lengths.data(), formats.data(), binary));
        if (result) {
            for (int i = 0; i < PQntuples(result->get()); ++i)
                row(BinaryRow(**result, i));
            return {};
        }
        if (!m_lostRace || m_inTransaction || tries == mostTries)
            return tl::unexpected(result.error());
    }
}

PGconn* Connection::native() const
{
    return *static_cast<PGconn* const*>(m_database.driver()->handle().constData());
}

Result<Connection::NativeResult> Connection::check(PGresult* result)
{
    NativeResult owned(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
        return owned;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return failed(QSqlError(QString(), QString::fromUtf8(PQresultErrorMessage(result)),
                            QSqlError::StatementError, QString::fromLatin1(state)));
}

Result<QSqlQuery> Connection::execute(const QString& sql)
{
    const Wire::Question question(m_wire);
    for (int tries = 1;; ++tries) {
        QSqlQuery query(m_database);
        if (query.exec(sql))
            return query;
        auto error = failed(query.lastError());
        if (!m_lostRace || m_inTransaction || tries == mostTries)
            return error;
    }
}

QString Connection::withValues(const QString& sql, const QVariantList& values) const
{
    QString text;
    qsizetype done = 0;
    for (const auto& value : values) {
        const auto next = sql.indexOf(u'?', done);
        QSqlField field(QString(), value.metaType());
        field.setValue(value);
        text += QStringView(sql).sliced(done, next - done);
        text += m_database.driver()->formatValue(field);
        done = next + 1;
    }
    text += QStringView(sql).sliced(done);
    return text;
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
               "set_config('punctual.reason', %3, true), set_config('punctual.address', %4, true), "
               "set_config('punctual.reach', %5, true)")
               .arg(quoted(actor.name), quoted(actor.origin), quoted(actor.reason), quoted(actor.address),
                    quoted(actor.destinations.join(u',')));
    auto begun = script(sql);
    if (!begun)
        rollback();
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
