// SPDX-License-Identifier: GPL-3.0-or-later
// The seals of the audit: whatever is done to it behind them shows.
#include "store/administration_queries.h"
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;

class AuditSealTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sealsEverythingOnce();
    void waitsForWhatIsNotCommitted();
    void sealsInSeveralParts();
    void showsWhatWasDone_data();
    void showsWhatWasDone();
    void takesAChainOutOfABackup();
    void cutsWhatIsTooOld();
    void keepsTheAuditForEver();
    void showsWhatWasDoneToACutOne_data();
    void showsWhatWasDoneToACutOne();
    void keepsTheRowsOfABrokenSeal();
    void isDoneByNodesOnly();
};

namespace
{

/// Some entries, and so many calls that all of them are sealed.
void writeAndSeal(StoreFixture& fixture, int entries = 3)
{
    for (int i = 0; i < entries; ++i)
        fixture.scheduleNow();
    for (int i = 0; i < 2; ++i)
        if (!store::sealAudit(fixture.connection))
            qFatal("not sealed");
}

std::vector<AuditSeal> seals(StoreFixture& fixture)
{
    return store::checkSeals(fixture.connection, 0, 100).value();
}

QList<bool> intact(StoreFixture& fixture)
{
    QList<bool> all;
    for (const auto& seal : seals(fixture))
        all.append(seal.intact);
    return all;
}

} // namespace

void AuditSealTest::sealsEverythingOnce()
{
    StoreFixture fixture;
    writeAndSeal(fixture);
    const auto first = seals(fixture);
    QCOMPARE(first.size(), std::size_t(1));
    QCOMPARE(first[0].rows,
             fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.audit")).toLongLong());
    QCOMPARE(first[0].found, first[0].rows);
    QVERIFY(first[0].intact);
    writeAndSeal(fixture, 0); // there is nothing new
    QCOMPARE(seals(fixture).size(), std::size_t(1));
    writeAndSeal(fixture, 2);
    const auto second = seals(fixture);
    QCOMPARE(second.size(), std::size_t(2));
    QCOMPARE(second[1].rows, qint64(2));
    QCOMPARE(second[1].firstId, first[0].lastId + 1);
    QVERIFY(second[1].intact);
    const auto entries = store::audit(fixture.connection, {}, 100).value();
    QVERIFY(
        std::all_of(entries.begin(), entries.end(), [](const AuditEntry& entry) { return entry.sealed; }));
}

/// An entry gets its id before it commits, and so may appear below others that are there already.
void AuditSealTest::waitsForWhatIsNotCommitted()
{
    StoreFixture fixture;
    writeAndSeal(fixture);
    store::Connection slow(fixture.database.address(), QStringLiteral("test"));
    QVERIFY(slow.script(QStringLiteral("BEGIN; SELECT punctual.set_retention(77)")));
    writeAndSeal(fixture);
    QCOMPARE(seals(fixture).size(), std::size_t(1));
    QVERIFY(slow.script(QStringLiteral("COMMIT")));
    writeAndSeal(fixture, 0);
    const auto all = seals(fixture);
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[1].rows, qint64(4));
    QVERIFY(all[1].intact);
}

void AuditSealTest::sealsInSeveralParts()
{
    StoreFixture fixture;
    writeAndSeal(fixture, 0);
    for (int i = 0; i < 5; ++i)
        fixture.scheduleNow();
    const auto sealed = [&] {
        return fixture.database.value(QStringLiteral("SELECT punctual.seal_audit(2)")).toInt();
    };
    QCOMPARE(sealed(), 0); // looks where it may seal to
    QCOMPARE(sealed(), 2);
    QCOMPARE(sealed(), 2);
    QCOMPARE(sealed(), 1);
    QCOMPARE(sealed(), 0);
    QVERIFY(!intact(fixture).contains(false));
}

void AuditSealTest::showsWhatWasDone_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QList<bool>>("whatIsIntact");
    const auto row = [](const char* sentence, const char* sql, const QList<bool>& whatIsIntact) {
        QTest::newRow(sentence) << QString::fromLatin1(sql) << whatIsIntact;
    };
    row("nothing", "SELECT 1", {true, true, true});
    for (const auto* change : {"actor = 'nobody'", "login = 'x'", "origin = 'window'", "address = '10.0.0.1'",
                               "action = 'x'", "kind = 'x'", "object = 'x'", "before = '{}'", "after = '{}'",
                               "reason = 'x'", "at = at + interval '1 microsecond'"})
        QTest::addRow("an entry with %s", change)
            << QStringLiteral(
                   "UPDATE punctual.audit SET %1 WHERE id = (SELECT last_id FROM punctual.audit_seals "
                   "WHERE number = 2)")
                   .arg(QLatin1StringView(change))
            << QList<bool>{true, false, true};
    row("an entry that was removed",
        "DELETE FROM punctual.audit WHERE id = (SELECT last_id FROM punctual.audit_seals WHERE number = 2)",
        {true, false, true});
    row("an entry that was slipped in",
        "INSERT INTO punctual.audit (id, actor, login, origin, action, kind, object) OVERRIDING SYSTEM VALUE "
        "VALUES (0, 'a', 'b', 'c', 'd', 'e', 'f')",
        {false, true, true});
    row("a seal that was removed", "DELETE FROM punctual.audit_seals WHERE number = 2", {true, false});
    row("the first seal removed", "DELETE FROM punctual.audit_seals WHERE number = 1", {false, true});
    row("a seal that was made again",
        "UPDATE punctual.audit SET actor = 'x' WHERE id = (SELECT last_id FROM punctual.audit_seals WHERE "
        "number = 2);"
        "UPDATE punctual.audit_seals s SET hash = punctual.seal_hash(p.hash, s.number, s.sealed_at, "
        "s.last_id, "
        "s.row_count, d.digest) FROM punctual.audit_seals p, punctual.audit_digest("
        "(SELECT last_id FROM punctual.audit_seals WHERE number = 1), "
        "(SELECT last_id FROM punctual.audit_seals WHERE number = 2)) d WHERE s.number = 2 AND p.number = 1",
        {true, true, false});
    row("a seal with another time", "UPDATE punctual.audit_seals SET sealed_at = now() WHERE number = 2",
        {true, false, true});
}

void AuditSealTest::showsWhatWasDone()
{
    QFETCH(const QString, sql);
    StoreFixture fixture;
    for (int i = 0; i < 3; ++i)
        writeAndSeal(fixture);
    fixture.database.exec(sql);
    QTEST(intact(fixture), "whatIsIntact");
}

/// Transactions are numbered anew in another cluster.
void AuditSealTest::takesAChainOutOfABackup()
{
    StoreFixture fixture;
    writeAndSeal(fixture);
    fixture.database.exec(QStringLiteral("UPDATE punctual.audit_horizon SET before = '9000000000'"));
    writeAndSeal(fixture);
    writeAndSeal(fixture, 0);
    QCOMPARE(intact(fixture), (QList<bool>{true, true}));
}

/// Three seals, of which the first two become older than the retention, which is set then.
static void makeOldSeals(StoreFixture& fixture)
{
    for (int i = 0; i < 3; ++i)
        writeAndSeal(fixture);
    // As if it had been sealed then: the hashes are worked out anew.
    fixture.database.exec(QStringLiteral(
        "DO $$ DECLARE s record; before bytea; after bigint; BEGIN "
        "FOR s IN SELECT * FROM punctual.audit_seals ORDER BY number LOOP "
        "UPDATE punctual.audit_seals u SET sealed_at = CASE WHEN s.number < 3 THEN now() - interval '11 "
        "days' "
        "ELSE u.sealed_at END WHERE u.number = s.number; "
        "UPDATE punctual.audit_seals u SET hash = punctual.seal_hash(before, u.number, u.sealed_at, "
        "u.last_id, "
        "u.row_count, (punctual.audit_digest(after, u.last_id)).digest) WHERE u.number = s.number "
        "RETURNING u.hash, u.last_id INTO before, after; END LOOP; END $$"));
}

static int entriesOf(StoreFixture& fixture)
{
    return fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.audit")).toInt();
}

void AuditSealTest::cutsWhatIsTooOld()
{
    StoreFixture fixture;
    makeOldSeals(fixture);
    QCOMPARE(intact(fixture), QList<bool>({true, true, true}));
    const int before = entriesOf(fixture);
    QVERIFY(store::setAuditRetention(fixture.connection, std::chrono::days(10)));
    for (int i = 0; i < 4; ++i)
        QVERIFY(store::sealAudit(fixture.connection));
    QVERIFY(entriesOf(fixture) < before);
    const auto all = seals(fixture);
    QCOMPARE(all.size(), std::size_t(4)); // the change of the setting is sealed too
    for (std::size_t i = 0; i < all.size(); ++i) {
        QVERIFY(all[i].intact);
        QCOMPARE(all[i].cut, i < 2);
        QCOMPARE(all[i].found, i < 2 ? 0 : all[i].rows);
    }
}

void AuditSealTest::keepsTheAuditForEver()
{
    StoreFixture fixture;
    makeOldSeals(fixture);
    const int before = entriesOf(fixture);
    QVERIFY(store::sealAudit(fixture.connection));
    QCOMPARE(entriesOf(fixture), before);
}

void AuditSealTest::showsWhatWasDoneToACutOne_data()
{
    QTest::addColumn<QString>("done");
    QTest::addColumn<QList<bool>>("intact");
    QTest::newRow("an entry slipped in where they were cut")
        << "INSERT INTO punctual.audit (id, actor, login, origin, action, kind, object) OVERRIDING SYSTEM "
           "VALUE "
           "SELECT last_id, 'x', 'x', 'sql', 'cancel', 'message', 'x' FROM punctual.audit_seals WHERE number "
           "= 1"
        << QList<bool>{false, true, true};
    QTest::newRow("a later seal cut by hand")
        << "DELETE FROM punctual.audit WHERE id > (SELECT last_id FROM punctual.audit_seals WHERE number = "
           "2); "
           "UPDATE punctual.audit_seals SET cut_at = now(), digest = sha256('') WHERE number = 3"
        << QList<bool>{true, true, false};
    QTest::newRow("a digest changed")
        << "UPDATE punctual.audit_seals SET digest = sha256('x') WHERE number = 2"
        << QList<bool>{true, false, true};
    QTest::newRow("the first seal removed")
        << "DELETE FROM punctual.audit_seals WHERE number = 1" << QList<bool>{false, true};
}

void AuditSealTest::showsWhatWasDoneToACutOne()
{
    StoreFixture fixture;
    makeOldSeals(fixture);
    fixture.database.exec(QStringLiteral("UPDATE punctual.settings SET audit_days = 10"));
    for (int i = 0; i < 3; ++i)
        QVERIFY(store::sealAudit(fixture.connection));
    QCOMPARE(intact(fixture), QList<bool>({true, true, true}));
    QFETCH(const QString, done);
    fixture.database.exec(done);
    QTEST(intact(fixture), "intact");
}

void AuditSealTest::keepsTheRowsOfABrokenSeal()
{
    StoreFixture fixture;
    makeOldSeals(fixture);
    fixture.database.exec(
        QStringLiteral("UPDATE punctual.audit SET actor = 'nobody' WHERE id = (SELECT min(id) FROM "
                       "punctual.audit); UPDATE punctual.settings SET audit_days = 10"));
    const int before = entriesOf(fixture);
    QVERIFY(store::sealAudit(fixture.connection));
    QCOMPARE(entriesOf(fixture), before);
    QCOMPARE(intact(fixture), QList<bool>({false, true, true}));
}

void AuditSealTest::isDoneByNodesOnly()
{
    StoreFixture fixture;
    for (const auto* role : {"viewer", "operator", "admin"}) {
        const auto done = fixture.connection.script(
            QStringLiteral("BEGIN; SET LOCAL ROLE punctual_%1; SELECT punctual.seal_audit(1)")
                .arg(QLatin1StringView(role)));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Forbidden);
        QVERIFY(fixture.connection.script(QStringLiteral("ROLLBACK")));
    }
}

PUNCTUAL_TEST(AuditSealTest)
#include "audit_seal_test.moc"
