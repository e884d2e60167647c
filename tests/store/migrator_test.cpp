// SPDX-License-Identifier: GPL-3.0-or-later
// Migrations: applied once, by any number of programs at a time, never by an older program.
#include "store/connection.h"
#include "store/migrator.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <thread>

using namespace punctual;
using namespace punctual::test;

class MigratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyAtOnceApplyEachOnce();
    void aNewerSchemaIsRefused();
    void aChangedMigrationIsRefused();
    void aFailingMigrationLeavesNothingBehind();
    void theRolesMayDoWhatTheyShould_data();
    void theRolesMayDoWhatTheyShould();
};

void MigratorTest::manyAtOnceApplyEachOnce()
{
    auto database = TestDatabase::emptyDatabase();
    std::vector<std::thread> programs;
    std::atomic<int> failures = 0;
    for (int i = 0; i < 4; ++i)
        programs.emplace_back([&] { failures += store::migrate(database.address()) ? 0 : 1; });
    for (auto& program : programs)
        program.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(database.value(QStringLiteral("SELECT count(*) FROM public.punctual_migrations")).toULongLong(),
             store::migrations().size());
    QVERIFY(store::migrate(database.address()));
}

void MigratorTest::aNewerSchemaIsRefused()
{
    auto database = TestDatabase::emptyDatabase();
    QVERIFY(store::migrate(database.address()));
    database.exec(QStringLiteral("INSERT INTO public.punctual_migrations VALUES (9000, '9000_future', 'x')"));
    const auto refused = store::migrate(database.address());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QVERIFY(refused.error().detail.contains(QStringLiteral("9000")));
}

void MigratorTest::aChangedMigrationIsRefused()
{
    auto database = TestDatabase::emptyDatabase();
    QVERIFY(store::migrate(database.address(), {{1, QStringLiteral("0001_a"), "SELECT 1"}}));
    const auto refused = store::migrate(database.address(), {{1, QStringLiteral("0001_a"), "SELECT 2"}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
}

void MigratorTest::aFailingMigrationLeavesNothingBehind()
{
    auto database = TestDatabase::emptyDatabase();
    const store::Migration good{1, QStringLiteral("0001_a"), "CREATE TABLE one ()"};
    const store::Migration bad{2, QStringLiteral("0002_b"), "CREATE TABLE two (); SELECT 1/0"};
    QVERIFY(!store::migrate(database.address(), {good, bad}));
    QVERIFY(database.value(QStringLiteral("SELECT to_regclass('one') IS NOT NULL")).toBool());
    QVERIFY(database.value(QStringLiteral("SELECT to_regclass('two') IS NULL")).toBool());
    QVERIFY(store::migrate(database.address(), {good, {2, QStringLiteral("0002_b"), "CREATE TABLE two ()"}}));
}

void MigratorTest::theRolesMayDoWhatTheyShould_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("roles");
    const auto row = [](const char* sentence, const char* sql, const char* roles) {
        QTest::newRow(sentence) << QString::fromLatin1(sql) << QString::fromLatin1(roles);
    };
    row("read messages", "SELECT * FROM punctual.messages", "viewer operator admin");
    row("read the audit", "SELECT * FROM punctual.audit", "viewer operator admin");
    row("cancel", "SELECT punctual.cancel(gen_random_uuid())", "operator admin");
    row("reschedule", "SELECT punctual.reschedule(gen_random_uuid(), punctual.micros(now()))",
        "operator admin");
    row("restore", "SELECT punctual.restore(gen_random_uuid())", "operator admin");
    row("resolve", "SELECT punctual.resolve(gen_random_uuid(), 'dead')", "operator admin");
    row("pause", "SELECT punctual.set_pause('echo', true, NULL)", "admin");
    row("claim", "SELECT punctual.claim(gen_random_uuid(), 1, '{}', 0)", "node");
    row("join", "SELECT punctual.join_node(gen_random_uuid(), 'n', '1')", "node");
    row("write to a table", "UPDATE punctual.messages SET priority = 'high'", "");
    row("delete history", "DELETE FROM punctual.attempts", "");
    row("change the audit", "UPDATE punctual.audit SET actor = 'x'", "");
    row("read token hashes", "SELECT * FROM punctual.api_tokens", "");
}

void MigratorTest::theRolesMayDoWhatTheyShould()
{
    QFETCH(QString, sql);
    QFETCH(QString, roles);
    TestDatabase database;
    store::Connection connection(database.address(), QStringLiteral("test"));
    for (const auto* role : {"viewer", "operator", "admin", "node"}) {
        const bool allowed = roles.split(u' ').contains(QLatin1StringView(role));
        const auto done = connection.script(QStringLiteral("BEGIN; SET LOCAL ROLE punctual_%1; %2; ROLLBACK")
                                                .arg(QLatin1StringView(role), sql));
        QVERIFY2(done.has_value() == allowed, role);
        if (!done) {
            QCOMPARE(done.error().code, ErrorCode::Forbidden);
            QVERIFY(connection.script(QStringLiteral("ROLLBACK")));
        }
    }
}

PUNCTUAL_TEST(MigratorTest)
#include "migrator_test.moc"
