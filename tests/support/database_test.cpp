// SPDX-License-Identifier: GPL-3.0-or-later
// Databases of tests are complete, and of one test each.
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual::test;
using namespace Qt::StringLiterals;

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheSchema();
    void isOfOneTestOnly();
    void canBeEmpty();
    void isDroppedAtTheEnd();
};

namespace
{

const QString schemas = u"SELECT count(*) FROM pg_namespace WHERE nspname = 'punctual'"_s;

} // namespace

void DatabaseTest::hasTheSchema()
{
    TestDatabase database;
    QCOMPARE(database.value(schemas).toInt(), 1);
    QVERIFY(!database.address().conninfo.isEmpty());
}

void DatabaseTest::isOfOneTestOnly()
{
    TestDatabase one;
    TestDatabase other;
    one.exec(u"CREATE TABLE mine (n int)"_s);
    one.exec(u"INSERT INTO mine VALUES (7)"_s);
    QCOMPARE(one.value(u"SELECT n FROM mine"_s).toInt(), 7);
    QVERIFY(other.value(u"SELECT to_regclass('mine')"_s).isNull());
    QVERIFY(other.value(u"SELECT 1 WHERE false"_s).isNull());
}

void DatabaseTest::canBeEmpty()
{
    auto database = TestDatabase::emptyDatabase();
    QCOMPARE(database.value(schemas).toInt(), 0);
}

void DatabaseTest::isDroppedAtTheEnd()
{
    TestDatabase watcher = TestDatabase::emptyDatabase();
    const QString isThere = u"SELECT count(*) FROM pg_database WHERE datname = '%1'"_s;
    QString name;
    {
        TestDatabase database;
        name = database.value(u"SELECT current_database()"_s).toString();
        QCOMPARE(watcher.value(isThere.arg(name)).toInt(), 1);
    }
    QCOMPARE(watcher.value(isThere.arg(name)).toInt(), 0);
}

PUNCTUAL_TEST(DatabaseTest)

#include "database_test.moc"
