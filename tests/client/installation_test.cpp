// SPDX-License-Identifier: GPL-3.0-or-later
// A configured database is brought to the schema, and the first token is written where only its owner
// reads it. (The private cluster has its own tests in tests/store and tests/app.)
#include "client/client.h"
#include "client/installation.h"
#include "support/await.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace punctual;
using namespace punctual::test;

class InstallationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheSchemaAndTheFirstToken();
    void anOldTokenFileGivesNothingAway();
    void aTokenThatCannotBeWrittenIsNotMade();
    void refusesWhatIsNoDatabase_data();
    void refusesWhatIsNoDatabase();
};

void InstallationTest::makesTheSchemaAndTheFirstToken()
{
    const QTemporaryDir dir;
    auto database = TestDatabase::emptyDatabase();
    auto installation = client::Installation::open({database.address().conninfo, dir.path()});
    QVERIFY2(installation.has_value(), installation ? "" : qPrintable(installation.error().detail));
    const QString path = installation->writeFirstToken().value();
    QCOMPARE(QFileInfo(path).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString token = QString::fromLatin1(file.readAll()).trimmed();
    client::Client client(installation->address(), 1);
    const auto known =
        await<Token>([&](QObject* context, auto answer) { client.authenticate(token, context, answer); });
    QCOMPARE(known.value().role, Role::Admin);
    const auto unknown = await<Token>(
        [&](QObject* context, auto answer) { client.authenticate(token + u'x', context, answer); });
    QCOMPARE(unknown.error().code, ErrorCode::Unauthenticated);
    QCOMPARE(installation->writeFirstToken().value(), QString()); // there is one
    QCOMPARE(database.value(QStringLiteral("SELECT count(*) FROM punctual.api_tokens")).toInt(), 1);
}

void InstallationTest::anOldTokenFileGivesNothingAway()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("admin.token"));
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.setPermissions(QFile::ReadOther | QFile::ReadOwner));
    TestDatabase database;
    auto installation = client::Installation::open({database.address().conninfo, dir.path()}).value();
    QCOMPARE(installation.writeFirstToken().value(), path);
    QVERIFY(!(QFileInfo(path).permissions() & (QFile::ReadOther | QFile::ReadGroup)));
}

void InstallationTest::aTokenThatCannotBeWrittenIsNotMade()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("admin.token/in the way")));
    TestDatabase database;
    auto installation = client::Installation::open({database.address().conninfo, dir.path()}).value();
    const auto refused = installation.writeFirstToken();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(database.value(QStringLiteral("SELECT count(*) FROM punctual.api_tokens")).toInt(), 0);
}

void InstallationTest::refusesWhatIsNoDatabase_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("not a connection string") << QStringLiteral("mysql:/hunter2") << ErrorCode::InvalidInput;
    QTest::newRow("nobody listens") << QStringLiteral("host=/nonexistent password=hunter2 dbname=x")
                                    << ErrorCode::Unavailable;
}

void InstallationTest::refusesWhatIsNoDatabase()
{
    QFETCH(QString, url);
    QFETCH(ErrorCode, code);
    const QTemporaryDir dir;
    const auto refused = client::Installation::open({url, dir.path()});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, code);
    QVERIFY(!refused.error().detail.contains(QStringLiteral("hunter2")));
}

PUNCTUAL_TEST(InstallationTest)
#include "installation_test.moc"
