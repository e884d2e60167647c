// SPDX-License-Identifier: GPL-3.0-or-later
// Whole days go when all of them is older than the retention, and nobody waits for it.
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;

class RetentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<StoreFixture>(); }
    void dropsOldDaysWithTheirRows();
    void keepsTheDayOfTheEdge();
    void leavesWhatIsInUse();
    void leavesTablesThatAreInUse();
    void dropsAFewAtATime();
    void aNodeThatJoinsHasItsDays();
    void whatCameOnADayWithoutAPartitionGoesToo();
    void recordsGoOnWhileADayIsMade();
    void neverDropsTheLiveOrTheDefaultPartition();
    void goesByTheRetentionThatIsSet();
    void writesAChangeIntoTheAudit();
    void refusesARetentionOfNothing();

private:
    /// The partitions of the day that was so many days ago, with a row in each.
    void makeDay(int daysAgo);
    /// How many partitions that day has.
    int partitions(int daysAgo);
    /// How many rows finished, left or were counted on that day.
    int rows(int daysAgo);
    int drop() { return value(QStringLiteral("SELECT punctual.drop_old_partitions()")).toInt(); }
    QVariant value(const QString& sql) { return m_fixture->database.value(sql); }

    std::unique_ptr<StoreFixture> m_fixture;
};

void RetentionTest::makeDay(int daysAgo)
{
    auto& database = m_fixture->database;
    database.exec(QStringLiteral("SET timezone = 'UTC'"));
    database.exec(
        QStringLiteral(
            "DO $$ DECLARE day date := current_date - %1; parent text; BEGIN "
            "FOREACH parent IN ARRAY ARRAY['messages', 'attempts', 'delivery_statistics'] LOOP "
            "EXECUTE format('CREATE TABLE punctual.%I PARTITION OF punctual.%I FOR VALUES FROM (%L) "
            "TO (%L)', parent || to_char(day, '_YYYYMMDD'), parent, day::timestamptz, "
            "(day + 1)::timestamptz); END LOOP; END $$")
            .arg(daysAgo));
    const QString noon = QStringLiteral("(current_date - %1 + interval '12 hours')").arg(daysAgo);
    database.exec(
        QStringLiteral("INSERT INTO punctual.messages (id, due_at, finished_at, max_attempts, shard, state, "
                       "destination, content_type, body) VALUES (gen_random_uuid(), now(), %1, 1, 0, "
                       "'delivered', 'orders', 'text/plain', '')")
            .arg(noon));
    database.exec(
        QStringLiteral("INSERT INTO punctual.attempts VALUES (gen_random_uuid(), 1, gen_random_uuid(), "
                       "'delivered', 200, NULL, NULL, 0, %1, %1)")
            .arg(noon));
    database.exec(QStringLiteral("INSERT INTO punctual.delivery_statistics VALUES (%1, 'orders', "
                                 "gen_random_uuid(), 1, 1, 0, 0, 0, 0, 0, '{}', '{}')")
                      .arg(noon));
}

int RetentionTest::partitions(int daysAgo)
{
    return value(QStringLiteral("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE "
                                "'%_' || to_char((now() AT TIME ZONE 'UTC')::date - %1, 'YYYYMMDD')")
                     .arg(daysAgo))
        .toInt();
}

int RetentionTest::rows(int daysAgo)
{
    return value(QStringLiteral(
                     "SELECT count(*) FROM (SELECT finished_at AS at FROM punctual.messages UNION ALL "
                     "SELECT started_at FROM punctual.attempts UNION ALL SELECT second FROM "
                     "punctual.delivery_statistics) AS a WHERE isfinite(at) AND (at AT TIME ZONE "
                     "'UTC')::date = "
                     "(now() AT TIME ZONE 'UTC')::date - %1")
                     .arg(daysAgo))
        .toInt();
}

void RetentionTest::dropsOldDaysWithTheirRows()
{
    makeDay(32);
    makeDay(40);
    QCOMPARE(rows(32) + rows(40), 6);
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(32) + partitions(40), 0);
    QCOMPARE(rows(32) + rows(40), 0);
    QVERIFY(store::tidy(m_fixture->connection)); // harmless to repeat
    QCOMPARE(partitions(0), 6);
}

void RetentionTest::keepsTheDayOfTheEdge()
{
    makeDay(31); // over for 30 days, whatever time it is now
    makeDay(30); // its end is not
    makeDay(29);
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(31), 0);
    QCOMPARE(partitions(30), 3);
    QCOMPARE(partitions(29), 3);
    QCOMPARE(rows(30) + rows(29), 6);
}

void RetentionTest::leavesWhatIsInUse()
{
    makeDay(40);
    makeDay(41);
    const QString read = value(QStringLiteral("SELECT to_char(current_date - 41, 'YYYYMMDD')")).toString();
    store::Connection reader(m_fixture->database.address(), QStringLiteral("reader"));
    QVERIFY(reader.script(
        QStringLiteral("BEGIN; LOCK TABLE punctual.messages_%1 IN ACCESS SHARE MODE").arg(read)));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(41), 1); // the one that is being read
    QCOMPARE(partitions(40), 0);
    QVERIFY(reader.script(QStringLiteral("COMMIT")));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(41), 0);
}

void RetentionTest::leavesTablesThatAreInUse()
{
    makeDay(40);
    makeDay(41);
    store::Connection reader(m_fixture->database.address(), QStringLiteral("reader"));
    QVERIFY(reader.script(QStringLiteral("BEGIN; LOCK TABLE ONLY punctual.attempts IN ACCESS SHARE MODE")));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(40) + partitions(41), 2);
    QVERIFY(reader.script(QStringLiteral("COMMIT")));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(40) + partitions(41), 0);
}

// As after a week in which no node was there to make them.
void RetentionTest::aNodeThatJoinsHasItsDays()
{
    m_fixture->database.exec(
        QStringLiteral("DO $$ DECLARE old regclass; BEGIN FOR old IN SELECT inhrelid::regclass "
                       "FROM pg_inherits WHERE inhrelid::regclass::text ~ '_[0-9]{8}$' LOOP "
                       "EXECUTE format('DROP TABLE %s', old); END LOOP; END $$"));
    QCOMPARE(partitions(0), 0);
    (void)m_fixture->join();
    QCOMPARE(partitions(0), 6);
    QCOMPARE(partitions(-7), 6);
}

void RetentionTest::whatCameOnADayWithoutAPartitionGoesToo()
{
    auto& database = m_fixture->database;
    for (const int days : {20, 40}) {
        const QString at = QStringLiteral("(now() - interval '%1 days')").arg(days);
        database.exec(
            QStringLiteral("INSERT INTO punctual.messages (id, due_at, finished_at, max_attempts, shard, "
                           "state, destination, content_type, body) VALUES (gen_random_uuid(), now(), %1, "
                           "1, 0, 'delivered', 'orders', 'text/plain', '')")
                .arg(at));
        database.exec(
            QStringLiteral("INSERT INTO punctual.attempts VALUES (gen_random_uuid(), 1, gen_random_uuid(), "
                           "'delivered', 200, NULL, NULL, 0, %1, %1)")
                .arg(at));
        database.exec(QStringLiteral("INSERT INTO punctual.delivery_statistics VALUES (%1, 'orders', "
                                     "gen_random_uuid(), 1, 1, 0, 0, 0, 0, 0, '{}', '{}')")
                          .arg(at));
    }
    QCOMPARE(rows(20) + rows(40), 6);
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(rows(20), 3);
    QCOMPARE(rows(40), 0);
}

// Somebody reads all of history: a new day has to wait, and nothing else waits behind it.
void RetentionTest::recordsGoOnWhileADayIsMade()
{
    m_fixture->database.exec(QStringLiteral("DO $$ BEGIN EXECUTE format('DROP TABLE punctual.messages_%s', "
                                            "to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')); END $$"));
    const auto id = m_fixture->messageIn(MessageState::Delivering);
    store::Connection reader(m_fixture->database.address(), QStringLiteral("reader"));
    QVERIFY(reader.script(QStringLiteral("BEGIN; SELECT count(*) FROM punctual.messages")));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(0), 5);
    m_fixture->record(id, MessageState::Retrying);
    QCOMPARE(m_fixture->stateOf(id), QStringLiteral("retrying"));
    QVERIFY(reader.script(QStringLiteral("COMMIT")));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(0), 6);
}

void RetentionTest::dropsAFewAtATime()
{
    for (int day = 40; day < 43; ++day)
        makeDay(day);
    QCOMPARE(drop(), 3);
    QCOMPARE(partitions(42), 0); // the oldest first
    QCOMPARE(partitions(41), 3);
    QCOMPARE(drop(), 3);
    QCOMPARE(drop(), 3);
    QCOMPARE(drop(), 0);
}

void RetentionTest::neverDropsTheLiveOrTheDefaultPartition()
{
    const auto id = m_fixture->scheduleNow();
    m_fixture->database.exec(
        QStringLiteral("INSERT INTO punctual.attempts VALUES (gen_random_uuid(), 1, gen_random_uuid(), "
                       "'delivered', 200, NULL, "
                       "NULL, 0, now() - interval '99 days', now() - interval '99 days')"));
    const auto before = value(QStringLiteral("SELECT count(*) FROM pg_inherits")).toInt();
    QCOMPARE(drop(), 0);
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM pg_inherits")).toInt(), before);
    QCOMPARE(m_fixture->stateOf(id), QStringLiteral("scheduled"));
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM punctual.attempts_default")).toInt(), 1);
}

void RetentionTest::goesByTheRetentionThatIsSet()
{
    makeDay(5);
    makeDay(40);
    QVERIFY(store::setRetention(m_fixture->connection, std::chrono::days(90)));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(40), 3);
    QVERIFY(store::setRetention(m_fixture->connection, std::chrono::days(4)));
    QVERIFY(store::tidy(m_fixture->connection));
    QCOMPARE(partitions(40) + partitions(5), 0);
    QCOMPARE(partitions(0), 6);
}

void RetentionTest::writesAChangeIntoTheAudit()
{
    const QString audited =
        QStringLiteral("SELECT string_agg((before ->> 'days') || ' to ' || (after ->> 'days'), "
                       "', ' ORDER BY id) FROM punctual.audit WHERE kind = 'settings'");
    for (const int days : {30, 90, 90, 7})
        QVERIFY(store::setRetention(m_fixture->connection, std::chrono::days(days)));
    QCOMPARE(value(audited).toString(), QStringLiteral("30 to 90, 90 to 7"));
}

void RetentionTest::refusesARetentionOfNothing()
{
    QVERIFY(!store::setRetention(m_fixture->connection, std::chrono::days(0)));
    QCOMPARE(value(QStringLiteral("SELECT retention_days FROM punctual.settings")).toInt(), 30);
}

PUNCTUAL_TEST(RetentionTest)
#include "retention_test.moc"
