// SPDX-License-Identifier: GPL-3.0-or-later
// The private cluster for real: made, shared, killed in every way, and stopped with its last user.
#include "private_cluster_fixture.h"
#include "store/private_cluster.h"
#include "store/private_cluster_lock.h"
#include "support/process.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <libpq-fe.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>

using namespace punctual;
using namespace punctual::store;
using namespace punctual::test;
using namespace std::chrono_literals;

class PrivateClusterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void listensOnItsSocketOnlyAndIsDurable();
    void stopsWithItsLastUser();
    void outlivesTheStarterThatWasKilled();
    void isStoppedWhenItsStarterIsKilledHalfway();
    void startsAnewWhileItIsBeingStopped();
    void isStartedOnceByManyStarters();
    void keepsWhatWasCommittedWhenPostgresIsKilled();
    void replacesAGuardianThatWasKilled();
    void moves();

    void beginsAgainAfterACreationThatWasCutOff();
    void servesAnOrdinaryUserUnderALongAndOddPath();
    void needsPostgres();
    void refusesDataOfAnotherVersion();
    void refusesADirectoryThatIsNoCluster();
    void refusesADirectoryWithoutRights();
    void namesTheParentThatIsClosed();
    void saysThatTheDiskIsFull();

private:
    QTemporaryDir m_parent;
    QString m_dataDir =
        m_parent.filePath(QStringLiteral("data")); // for most of them: an initdb costs seconds
};

void PrivateClusterTest::initTestCase()
{
    letThrough(m_parent);
    const auto cluster = PrivateCluster::open(m_dataDir);
    QVERIFY2(cluster, qPrintable(cluster ? QString() : cluster.error().detail));
}

void PrivateClusterTest::cleanup()
{
    waitUntilStopped(m_dataDir);
}

void PrivateClusterTest::listensOnItsSocketOnlyAndIsDurable()
{
    const auto cluster = PrivateCluster::open(m_dataDir);
    QVERIFY2(cluster, qPrintable(cluster ? QString() : cluster.error().detail));
    const auto address = cluster->address();
    QCOMPARE(ask(address, "SHOW listen_addresses"), QString());
    QCOMPARE(ask(address, "SHOW fsync"), QStringLiteral("on"));
    QCOMPARE(ask(address, "SHOW synchronous_commit"), QStringLiteral("on"));
    QCOMPARE(ask(address, "SHOW data_checksums"), QStringLiteral("on"));
    QCOMPARE(ask(address, "SHOW server_encoding"), QStringLiteral("UTF8"));
    QCOMPARE(ask(address, "SHOW jit"), QStringLiteral("off"));
    QCOMPARE(ask(address, "SELECT upper('é') || current_user || current_database()"),
             QStringLiteral("Épunctualpunctual"));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(fileOf(m_dataDir, QStringLiteral("run"))).constData(), &status), 0);
    QCOMPARE(status.st_mode & ALLPERMS, 0700U);
    QVERIFY(status.st_uid != 0);
}

void PrivateClusterTest::stopsWithItsLastUser()
{
    auto first = std::make_optional(PrivateCluster::open(m_dataDir));
    const auto second = hold(m_dataDir);
    QVERIFY(hasOpened(*second));
    const auto server = serverOf(m_dataDir);
    const auto address = first->value().address();
    first.reset();
    QCOMPARE(ask(address, "SELECT 7"), QStringLiteral("7"));
    QCOMPARE(serverOf(m_dataDir), server);
    second->write({});
    QCOMPARE(second->waitForEnd(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(hasStopped(m_dataDir), 30'000);
}

void PrivateClusterTest::outlivesTheStarterThatWasKilled()
{
    const auto starter = hold(m_dataDir);
    QVERIFY(hasOpened(*starter));
    const auto server = serverOf(m_dataDir);
    auto other = std::make_optional(PrivateCluster::open(m_dataDir));
    starter->kill();
    QCOMPARE(ask(other->value().address(), "SELECT 7"), QStringLiteral("7"));
    QCOMPARE(serverOf(m_dataDir), server);
    other.reset();
    QTRY_VERIFY_WITH_TIMEOUT(hasStopped(m_dataDir), 30'000);
}

void PrivateClusterTest::isStoppedWhenItsStarterIsKilledHalfway()
{
    const auto starter = hold(m_dataDir);
    QTRY_VERIFY_WITH_TIMEOUT(!hasStopped(m_dataDir), 30'000); // it has begun, and is seldom done
    starter->kill();
    QTRY_VERIFY_WITH_TIMEOUT(hasStopped(m_dataDir), 30'000);
}

void PrivateClusterTest::startsAnewWhileItIsBeingStopped()
{
    for (int round = 0; round < 3; ++round) {
        const auto holder = hold(m_dataDir);
        QVERIFY(hasOpened(*holder));
        holder->kill();
        const auto next = PrivateCluster::open(m_dataDir);
        QVERIFY(next);
        QCOMPARE(ask(next->address(), "SELECT 7"), QStringLiteral("7"));
    }
}

void PrivateClusterTest::isStartedOnceByManyStarters()
{
    std::vector<std::unique_ptr<Process>> starters;
    for (int i = 0; i < 4; ++i)
        starters.push_back(hold(m_dataDir));
    for (const auto& starter : starters)
        QVERIFY(hasOpened(*starter));
    const auto server = serverOf(m_dataDir);
    for (const auto& starter : starters) {
        QCOMPARE(serverOf(m_dataDir), server);
        starter->kill();
    }
}

void PrivateClusterTest::keepsWhatWasCommittedWhenPostgresIsKilled()
{
    const auto before = PrivateCluster::open(m_dataDir);
    QVERIFY(before);
    ask(before->address(), "CREATE TABLE kept AS SELECT 7 AS value");
    end(serverOf(m_dataDir));
    const auto after = PrivateCluster::open(m_dataDir);
    QVERIFY2(after, qPrintable(after ? QString() : after.error().detail));
    QCOMPARE(ask(after->address(), "SELECT value FROM kept"), QStringLiteral("7"));
}

void PrivateClusterTest::replacesAGuardianThatWasKilled()
{
    const auto first = hold(m_dataDir);
    QVERIFY(hasOpened(*first));
    end(guardianOf(m_dataDir));
    QTRY_COMPARE_WITH_TIMEOUT(guardianOf(m_dataDir), 0, 30'000);
    const auto second = hold(m_dataDir);
    QVERIFY(hasOpened(*second));
    QVERIFY(guardianOf(m_dataDir) > 0);
    first->kill();
    second->kill();
    QTRY_VERIFY_WITH_TIMEOUT(hasStopped(m_dataDir), 30'000);
}

void PrivateClusterTest::moves()
{
    const QString moved = m_parent.filePath(QStringLiteral("moved"));
    waitUntilStopped(m_dataDir);
    QVERIFY(QFile::rename(m_dataDir, moved));
    {
        const auto cluster = PrivateCluster::open(moved);
        QVERIFY(cluster);
        QCOMPARE(ask(cluster->address(), "SELECT 7"), QStringLiteral("7"));
    }
    waitUntilStopped(moved);
    QVERIFY(QFile::rename(moved, m_dataDir));
}

void PrivateClusterTest::beginsAgainAfterACreationThatWasCutOff()
{
    const QString dataDir = m_parent.filePath(QStringLiteral("cut-off"));
    const auto created = [&dataDir] {
        return QDir(dataDir).entryList({QStringLiteral("cluster.new-*")}, QDir::Dirs);
    };
    const auto holder = hold(dataDir);
    QTRY_VERIFY_WITH_TIMEOUT(!created().isEmpty(), 30'000);
    holder->kill();
    {
        const auto cluster = PrivateCluster::open(dataDir);
        QVERIFY2(cluster, qPrintable(cluster ? QString() : cluster.error().detail));
        QCOMPARE(ask(cluster->address(), "SELECT 7"), QStringLiteral("7"));
        QCOMPARE(created(), QStringList());
    }
    waitUntilStopped(dataDir);
}

void PrivateClusterTest::servesAnOrdinaryUserUnderALongAndOddPath()
{
    QTemporaryDir parent;
    QVERIFY(::chmod(QFile::encodeName(parent.path()).constData(), 01777) == 0);
    const QString holderCopy =
        parent.filePath(QStringLiteral("holder")); // the build may be in a closed directory
    QVERIFY(QFile::copy(holderProgram, holderCopy));
    const QString dataDir = parent.filePath(QStringLiteral("it's a, very %1 path").arg(QString(90, u'ö')));
    const auto holder = hold(asOrdinaryUser({holderCopy, dataDir}));
    QVERIFY2(hasOpened(*holder), holder->output().constData());
    {
        const auto shared = PrivateCluster::open(dataDir); // root gets in too, and only as the owner
        QVERIFY2(shared, qPrintable(shared ? QString() : shared.error().detail));
        QCOMPARE(ask(shared->address(), "SELECT current_user"), QStringLiteral("punctual"));
    }
    holder->kill();
    waitUntilStopped(dataDir);
}

void PrivateClusterTest::needsPostgres()
{
    QTemporaryDir empty;
    const QString dataDir = empty.filePath(QStringLiteral("data"));
    letThrough(empty);
    const auto cluster =
        PrivateCluster::open(dataDir, {empty.path(), empty.filePath(QStringLiteral("pg_config"))});
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().code, ErrorCode::Unsupported);
    QVERIFY(cluster.error().detail.contains(QStringLiteral("install the package postgresql-15")));
}

void PrivateClusterTest::refusesDataOfAnotherVersion()
{
    QFile version(fileOf(m_dataDir, QStringLiteral("cluster/PG_VERSION")));
    QVERIFY(version.open(QIODevice::ReadWrite));
    const QByteArray right = version.readAll();
    version.seek(0);
    version.write("14");
    version.flush();
    const auto cluster = PrivateCluster::open(m_dataDir);
    version.seek(0);
    version.write(right);
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().code, ErrorCode::Unsupported);
    QVERIFY(cluster.error().detail.contains(QStringLiteral("PostgreSQL 14")));
    QVERIFY(cluster.error().detail.contains(QStringLiteral("postgresql-14")));
    QVERIFY(cluster.error().detail.contains(QStringLiteral("has PostgreSQL 1")));
}

void PrivateClusterTest::refusesADirectoryThatIsNoCluster()
{
    QTemporaryDir dataDir;
    const QString cluster = dataDir.filePath(QStringLiteral("cluster"));
    QVERIFY(QDir().mkdir(cluster));
    if (::geteuid() == 0)
        QCOMPARE(::chown(QFile::encodeName(cluster).constData(), 65534, 65534), 0);
    const auto opened = PrivateCluster::open(dataDir.path());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    QVERIFY(opened.error().detail.startsWith(cluster + QStringLiteral(" is no PostgreSQL cluster")));
}

void PrivateClusterTest::refusesADirectoryWithoutRights()
{
    QTemporaryDir parent;
    const QString holderCopy = parent.filePath(QStringLiteral("holder"));
    QVERIFY(QFile::copy(holderProgram, holderCopy));
    QVERIFY(::chmod(QFile::encodeName(parent.path()).constData(), 0555) == 0);
    for (const auto& dataDir : {parent.path(), parent.filePath(QStringLiteral("new"))}) {
        const auto holder = hold(asOrdinaryUser({holderCopy, dataDir}));
        QCOMPARE(holder->waitForEnd(), 1);
        QVERIFY2(holder->output().startsWith(QFile::encodeName(dataDir) + " cannot be used by the user"),
                 holder->output().constData());
    }
    QVERIFY(::chmod(QFile::encodeName(parent.path()).constData(), 0755) == 0);
}

void PrivateClusterTest::namesTheParentThatIsClosed()
{
    if (::geteuid() != 0)
        return; // an ordinary user runs PostgreSQL as itself: nothing can be closed to it alone
    QTemporaryDir closed;
    const auto cluster = PrivateCluster::open(closed.filePath(QStringLiteral("above/data")));
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().code, ErrorCode::Unsupported);
    QVERIFY2(cluster.error().detail.contains(QStringLiteral("may not enter %1:").arg(closed.path())),
             qPrintable(cluster.error().detail));
}

void PrivateClusterTest::saysThatTheDiskIsFull()
{
    QTemporaryDir dataDir;
    const QByteArray mountPoint = QFile::encodeName(dataDir.path());
    const bool mounted = ::mount("tmpfs", mountPoint.constData(), "tmpfs", 0, "size=8m,mode=0755") == 0;
    // Where a file system may not be mounted, files that may not grow come close.
    const QStringList limit{QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                            QStringLiteral("trap '' XFSZ; ulimit -f 1024; exec \"$@\""),
                            QStringLiteral("sh")};
    const auto holder = hold((mounted ? QStringList() : limit) + QStringList{holderProgram, dataDir.path()});
    QCOMPARE(holder->waitForEnd(), 1);
    const auto left = QDir(dataDir.path()).entryList({QStringLiteral("cluster.new-*")}, QDir::Dirs);
    if (mounted)
        ::umount(mountPoint.constData());
    QVERIFY2(holder->output().startsWith("There is no room left for the database in "),
             holder->output().constData());
    QCOMPARE(left, QStringList());
}

QTEST_GUILESS_MAIN(PrivateClusterTest)
#include "private_cluster_test.moc"
