// SPDX-License-Identifier: GPL-3.0-or-later
// What a login is told that it may do is what PostgreSQL lets it do.
#include "core/right.h"
#include "store/access_queries.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <QUuid>

using namespace punctual;
using namespace punctual::test;

class AccessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyRightIsGrantedFromItsRoleOn_data();
    void everyRightIsGrantedFromItsRoleOn();
    void aLoginIsToldItsHighestRole_data();
    void aLoginIsToldItsHighestRole();
    void aReadOnlyDatabaseIsToldFromAStandby();

private:
    [[nodiscard]] Result<Access> ask(const QString& login) const;

    std::unique_ptr<TestDatabase> m_database;
    QString m_login; // roles are the whole cluster's: one of the test's own
};

void AccessTest::init()
{
    m_database = std::make_unique<TestDatabase>();
    m_login = QStringLiteral("login_") + QUuid::createUuid().toString(QUuid::Id128);
    m_database->exec(QStringLiteral("CREATE ROLE %1 LOGIN").arg(m_login));
}

void AccessTest::cleanup()
{
    m_database->exec(QStringLiteral("DROP ROLE %1").arg(m_login));
    m_database.reset();
}

Result<Access> AccessTest::ask(const QString& login) const
{
    store::Connection connection({m_database->address().conninfo + QStringLiteral(" user=") + login},
                                 QStringLiteral("test"));
    return connection.transaction({QStringLiteral("a"), QStringLiteral("test")},
                                  [&] { return store::access(connection); });
}

void AccessTest::everyRightIsGrantedFromItsRoleOn_data()
{
    QTest::addColumn<int>("right");
    QTest::addColumn<QString>("functions");
    const auto row = [](const char* sentence, Right right, const char* functions) {
        QTest::newRow(sentence) << static_cast<int>(right) << QString::fromLatin1(functions);
    };
    row("schedule", Right::Schedule, "schedule");
    row("cancel", Right::Cancel, "cancel");
    row("restore", Right::Restore, "restore");
    row("reschedule", Right::Reschedule, "reschedule");
    row("edit", Right::Edit, "change_message");
    row("replay", Right::Replay, "replay");
    row("resolve", Right::Resolve, "resolve");
    row("run operations", Right::RunOperations,
        "preview_operation start_operation abort_operation undo_operation");
    row("change destinations", Right::ChangeDestinations, "put_destination remove_destination");
    row("pause destinations", Right::PauseDestinations, "set_pause");
}

void AccessTest::everyRightIsGrantedFromItsRoleOn()
{
    QFETCH(int, right);
    QFETCH(QString, functions);
    const auto names = functions.split(u' ');
    for (const auto& name : names)
        for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
            const auto granted = m_database->value(
                QStringLiteral("SELECT bool_and(has_function_privilege('punctual_%1', p.oid, 'EXECUTE')) "
                               "FROM pg_proc p WHERE p.pronamespace = 'punctual'::regnamespace "
                               "AND p.proname = '%2'")
                    .arg(toText(role), name));
            QVERIFY2(!granted.isNull(), qPrintable(name));
            QVERIFY2(granted.toBool() == (role >= roleFor(static_cast<Right>(right))),
                     qPrintable(name + u' ' + toText(role)));
        }
}

void AccessTest::aLoginIsToldItsHighestRole_data()
{
    QTest::addColumn<QString>("grant");
    QTest::addColumn<QString>("role");
    QTest::newRow("a viewer") << "GRANT punctual_viewer TO %1"
                              << "viewer";
    QTest::newRow("an operator is a viewer too") << "GRANT punctual_operator TO %1"
                                                 << "operator";
    QTest::newRow("an admin is all of it") << "GRANT punctual_admin TO %1"
                                           << "admin";
    QTest::newRow("a superuser may do everything") << "ALTER ROLE %1 SUPERUSER"
                                                   << "admin";
    QTest::newRow("a node is none of them") << "GRANT punctual_node TO %1"
                                            << "";
    QTest::newRow("a stranger is none of them") << "ALTER ROLE %1 CONNECTION LIMIT 3"
                                                << "";
    QTest::newRow("what one would have to switch to counts for nothing")
        << "ALTER ROLE %1 NOINHERIT; GRANT punctual_admin TO %1"
        << "";
}

void AccessTest::aLoginIsToldItsHighestRole()
{
    QFETCH(QString, grant);
    QFETCH(QString, role);
    m_database->exec(grant.arg(m_login));
    const auto access = ask(m_login);
    QVERIFY2(access, access ? "" : qPrintable(access.error().detail));
    QCOMPARE(access->login, m_login);
    QCOMPARE(access->role ? QString(toText(*access->role)) : QString(), role);
    QVERIFY(!access->isReadOnly);
    QVERIFY(!access->isStandby);
}

void AccessTest::aReadOnlyDatabaseIsToldFromAStandby()
{
    m_database->exec(QStringLiteral("GRANT punctual_admin TO %1; "
                                    "ALTER ROLE %1 SET default_transaction_read_only = on")
                         .arg(m_login));
    const auto access = ask(m_login);
    QVERIFY(access);
    QVERIFY(access->isReadOnly);
    QVERIFY(!access->isStandby);
}

PUNCTUAL_TEST(AccessTest)

#include "access_test.moc"
