// SPDX-License-Identifier: GPL-3.0-or-later
// A token that is limited to some destinations, by the database's own rights: whatever the API lets through.
// The functions are those that the database has, so that a new one cannot be forgotten here.
#include "operation_fixture.h"
#include "store/administration_queries.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class TokenReachTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyChangeIsKnownHere();
    void reachesNoOtherDestination_data();
    void reachesNoOtherDestination();
    void reachesItsOwn_data();
    void reachesItsOwn();
    void anOrdinaryTokenReachesAll();
    void endsWithTheTransaction();

private:
    /// Runs a call of a function of the schema with an administrator's rights and this reach.
    [[nodiscard]] Result<void> call(const QString& reach, QString sql);

    std::unique_ptr<OperationFixture> m_fixture;
    MessageId m_message;
    QUuid m_operation;
};

namespace
{

struct Call
{
    const char* function;
    const char* sql; // on `orders`; {message} and {operation} are ids
    bool onOneOnly;  // of one destination: a token for it may
};

constexpr Call calls[] = {
    {"schedule",
     "schedule(ARRAY[gen_random_uuid()], '{orders}', NULL, ARRAY[3600000000], '{normal}', ARRAY[NULL::text], "
     "ARRAY['{}'], ARRAY[NULL::bigint], ARRAY[NULL::integer], ARRAY[NULL::text], '{text/plain}', "
     "ARRAY['x'::bytea])",
     true},
    {"cancel", "cancel('{message}')", true},
    {"restore", "restore('{message}')", true},
    {"reschedule", "reschedule('{message}', punctual.micros(now() + interval '1 hour'))", true},
    {"change_message", "change_message('{message}', p_priority => 'high')", true},
    {"resolve", "resolve('{message}', 'dead')", true},
    {"replay", "replay('{message}')", true},
    {"release_key", "release_key('orders', 'a')", true},
    {"start_operation", "start_operation('cancel', '{\"destination\": \"orders\", \"tag\": \"x\"}')", true},
    {"abort_operation", "abort_operation('{operation}')", false},
    {"undo_operation", "undo_operation('{operation}')", false},
    {"put_destination",
     "put_destination('orders', (SELECT settings FROM punctual.destinations WHERE name = 'orders'), NULL)",
     true},
    {"reseal_destination", "reseal_destination('orders', 'a', 'b')", true},
    {"reseal_message", "reseal_message('{message}', '[]', '[]')", true},
    {"set_pause", "set_pause('orders', false, NULL)", true},
    {"remove_destination", "remove_destination('orders')", true},
    {"make_first_token", "make_first_token('a', 'x')", false},
    {"make_token", "make_token('a', 'admin', 'x')", false},
    {"revoke_token", "revoke_token('a')", false},
    {"tokens", "tokens()", false},
    {"set_retention", "set_retention(7)", false},
    {"set_audit_retention", "set_audit_retention(7)", false},
};

/// They change nothing of anybody's.
const QStringList harmless{QStringLiteral("authenticate"), QStringLiteral("database_health"),
                           QStringLiteral("follow_changes")};

} // namespace

void TokenReachTest::initTestCase()
{
    m_fixture = std::make_unique<OperationFixture>();
    m_message = m_fixture->schedule(messageFor(QStringLiteral("orders"), 1h));
    m_operation =
        m_fixture->start({.action = OperationAction::Cancel, .filter = {.tag = QStringLiteral("none")}});
}

Result<void> TokenReachTest::call(const QString& reach, QString sql)
{
    sql.replace(QStringLiteral("{message}"), toText(m_message));
    sql.replace(QStringLiteral("{operation}"), toText(m_operation));
    Actor actor = someActor(Role::Admin);
    actor.destinations = reach.isEmpty() ? QStringList() : reach.split(u',');
    auto done = m_fixture->connection.transaction(actor, [&]() -> Result<void> {
        if (auto ran = m_fixture->connection.run(QStringLiteral("SELECT punctual.") + sql); !ran)
            return ran;
        return failure(ErrorCode::Unsupported, QStringLiteral("done")); // and so nothing stays of it
    });
    return !done && done.error().code == ErrorCode::Unsupported ? Result<void>{} : done;
}

void TokenReachTest::everyChangeIsKnownHere()
{
    QStringList known = harmless;
    for (const auto& call : calls)
        known.append(QString::fromLatin1(call.function));
    known.sort();
    const auto there = m_fixture->database.value(QStringLiteral(
        "SELECT string_agg(DISTINCT p.proname::text, ',' ORDER BY p.proname::text) FROM pg_proc p "
        "WHERE p.pronamespace = 'punctual'::regnamespace AND p.prosecdef "
        "AND has_function_privilege('punctual_admin', p.oid, 'EXECUTE')"));
    QStringList functions = there.toString().split(u',');
    functions.sort();
    QCOMPARE(functions, known);
}

void TokenReachTest::reachesNoOtherDestination_data()
{
    QTest::addColumn<QString>("sql");
    for (const auto& call : calls)
        QTest::newRow(call.function) << QString::fromLatin1(call.sql);
    QTest::newRow("an operation on everything") << "start_operation('cancel', '{}', '{\"all\": true}')";
    QTest::newRow("an operation on a tag") << "start_operation('cancel', '{\"tag\": \"x\"}')";
    QTest::newRow("a replay from here to there")
        << "start_operation('replay', '{\"destination\": \"echo\"}', '{\"destination\": \"orders\"}')";
    QTest::newRow("a look at what an operation would do")
        << "preview_operation('cancel', '{\"destination\": \"orders\"}')";
}

void TokenReachTest::reachesNoOtherDestination()
{
    QFETCH(const QString, sql);
    const auto done = call(QStringLiteral("echo,other"), sql);
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Forbidden);
    QVERIFY2(done.error().detail.contains(QStringLiteral("echo, other")), qPrintable(done.error().detail));
}

void TokenReachTest::reachesItsOwn_data()
{
    QTest::addColumn<QString>("sql");
    for (const auto& call : calls)
        if (call.onOneOnly)
            QTest::newRow(call.function) << QString::fromLatin1(call.sql);
}

void TokenReachTest::reachesItsOwn()
{
    QFETCH(const QString, sql);
    const auto done = call(QStringLiteral("echo,orders"), sql);
    // Its state may not allow it; the reach does.
    QVERIFY2(done || done.error().code == ErrorCode::Conflict, done ? "" : qPrintable(done.error().detail));
}

void TokenReachTest::anOrdinaryTokenReachesAll()
{
    QVERIFY(call({}, QStringLiteral("start_operation('cancel', '{}', '{\"all\": true}')")));
    QVERIFY(call({}, QStringLiteral("set_retention(7)")));
}

void TokenReachTest::endsWithTheTransaction()
{
    QVERIFY(!call(QStringLiteral("echo"), QStringLiteral("cancel('{message}')")));
    QVERIFY(call({}, QStringLiteral("cancel('{message}')")));
}

PUNCTUAL_TEST(TokenReachTest)
#include "token_reach_test.moc"
