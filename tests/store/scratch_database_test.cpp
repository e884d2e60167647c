// SPDX-License-Identifier: GPL-3.0-or-later
// A database for a short time: it goes with its owner, and the next one sweeps up what a killed one left.
#include "store/conninfo.h"
#include "store/scratch_database.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

class ScratchDatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesWithItsOwner();
    void sweepsUpWhatIsInNobodysUse();
    void saysWhichRightIsMissing();
    void keepsTheRestOfAnAddress_data();
    void keepsTheRestOfAnAddress();

private:
    /// A prefix of the test's own: other tests use the same server.
    static QString prefix()
    {
        QString letters = QUuid::createUuid().toString(QUuid::Id128);
        for (auto& letter : letters)
            letter = QChar(u'a' + letter.digitValue() % 10 + 1);
        return QStringLiteral("scratch_") + letters.first(16);
    }
    int count(const QString& pattern)
    {
        return m_database
            .value(QStringLiteral("SELECT count(*) FROM pg_database WHERE datname ~ '%1'").arg(pattern))
            .toInt();
    }

    TestDatabase m_database;
};

void ScratchDatabaseTest::goesWithItsOwner()
{
    const QString name = prefix();
    auto scratch = store::ScratchDatabase::create(m_database.address(), name).value();
    QCOMPARE(count(name), 1);
    store::Connection connection(scratch->address(), QStringLiteral("test"));
    QString found;
    QVERIFY(connection.select(QStringLiteral("SELECT current_database()"), {},
                              [&](const QSqlQuery& row) { found = row.value(0).toString(); }));
    QVERIFY2(found.startsWith(name), qPrintable(found));
    scratch.reset(); // whoever is connected to it
    QCOMPARE(count(name), 0);
}

void ScratchDatabaseTest::sweepsUpWhatIsInNobodysUse()
{
    const QString name = prefix();
    m_database.exec(QStringLiteral("CREATE DATABASE %1_123_abc").arg(name)); // by a program that was killed
    m_database.exec(QStringLiteral("CREATE DATABASE %1_mine").arg(name));    // by a person
    const auto first = store::ScratchDatabase::create(m_database.address(), name).value();
    QCOMPARE(count(name + QStringLiteral("_123_abc$")), 0);
    const auto second = store::ScratchDatabase::create(m_database.address(), name).value();
    QCOMPARE(count(name), 3);
    m_database.exec(QStringLiteral("DROP DATABASE %1_mine").arg(name));
}

void ScratchDatabaseTest::saysWhichRightIsMissing()
{
    const QString role = prefix();
    m_database.exec(QStringLiteral("CREATE ROLE %1 LOGIN").arg(role));
    const DatabaseAddress address{m_database.address().conninfo + QStringLiteral(" user=") + role};
    const auto refused = store::ScratchDatabase::create(address, role);
    m_database.exec(QStringLiteral("DROP ROLE %1").arg(role));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QVERIFY2(refused.error().detail.contains(QStringLiteral("ALTER ROLE \"%1\" CREATEDB").arg(role)),
             qPrintable(refused.error().detail));
}

void ScratchDatabaseTest::keepsTheRestOfAnAddress_data()
{
    QTest::addColumn<QString>("conninfo");
    QTest::newRow("a URI") << "postgresql://ann:it's%20me@db.example.com:5433/punctual?sslmode=require";
    QTest::newRow("keywords")
        << "host=db.example.com port=5433 user=ann password='it\\'s me' dbname=punctual "
           "sslmode=require";
}

void ScratchDatabaseTest::keepsTheRestOfAnAddress()
{
    QFETCH(const QString, conninfo);
    const auto other = store::withDatabase({conninfo}, QStringLiteral("other"));
    QCOMPARE(other.conninfo,
             QStringLiteral("dbname='other' host='db.example.com' password='it\\'s me' port='5433' "
                            "sslmode='require' user='ann'"));
    QVERIFY(store::checkConninfo(other));
}

PUNCTUAL_TEST(ScratchDatabaseTest)
#include "scratch_database_test.moc"
