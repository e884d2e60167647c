// SPDX-License-Identifier: GPL-3.0-or-later
// A database in a file and out of it again.
#include "store/backup.h"
#include "store/migrator.h"
#include "store_fixture.h"

#include <QFileInfo>
#include <QTemporaryDir>

using namespace punctual;
using punctual::test::StoreFixture;
using punctual::test::TestDatabase;

namespace
{

const Actor someone{QStringLiteral("someone"), QStringLiteral("test")};

} // namespace

class BackupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsEverythingBack();
    void sendsNothingByItself();
    void leavesDestinationsAsTheyWere();
    void replacesOnlyWhenTold();
    void refusesWhileANodeRuns();
    void refusesWhatIsNoBackup();
    void keepsWhatThereIsWhenOthersAreConnected();
    void writesForItsOwnerAlone();

private:
    [[nodiscard]] QString file() const { return m_directory.filePath(QStringLiteral("a.backup")); }
    void backUp(const TestDatabase& database)
    {
        QFile::remove(file());
        const auto made = store::backUp(database.address(), file());
        QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    }
    Result<store::Restored> restore(const TestDatabase& database, store::RestoreChoice choice = {})
    {
        return store::restore(database.address(), file(), someone, choice);
    }

    QTemporaryDir m_directory;
};

void BackupTest::bringsEverythingBack()
{
    StoreFixture from;
    const auto waiting = from.messageIn(MessageState::Scheduled);
    const auto delivered = from.messageIn(MessageState::Delivered);
    const auto cancelled = from.messageIn(MessageState::Cancelled);
    backUp(from.database);
    TestDatabase to;
    const auto restored = restore(to);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QCOMPARE(restored->waiting, 1);
    const auto stateOf = [&](const MessageId& id) {
        return to.value(QStringLiteral("SELECT state FROM punctual.messages WHERE id = '%1'").arg(toText(id)))
            .toString();
    };
    QCOMPARE(stateOf(waiting), QStringLiteral("scheduled"));
    QCOMPARE(stateOf(delivered), QStringLiteral("delivered"));
    QCOMPARE(stateOf(cancelled), QStringLiteral("cancelled"));
    QCOMPARE(to.value(QStringLiteral("SELECT count(*) FROM punctual.attempts")).toInt(), 1);
    QVERIFY(store::migrate(to.address()));
    QCOMPARE(to.value(QStringLiteral("SELECT actor FROM punctual.audit WHERE action = 'restore'")).toString(),
             QStringLiteral("someone"));
    // Nothing is left of the way there.
    QCOMPARE(to.value(QStringLiteral(
                          "SELECT count(*) FROM pg_database WHERE datname ~ '^punctual_re(store|placed)_'"))
                 .toInt(),
             0);
}

/// What was under way goes by its destination's policy, and then waits like everything else.
void BackupTest::sendsNothingByItself()
{
    StoreFixture from;
    const auto due = from.messageIn(MessageState::Scheduled);
    const auto underWay = from.messageIn(MessageState::Delivering);
    backUp(from.database);
    TestDatabase to;
    const auto restored = restore(to);
    QVERIFY(restored);
    QCOMPARE(restored->paused, 2); // orders and echo
    store::Connection connection(to.address(), QStringLiteral("test"));
    const auto node = store::joinNode(connection, makeUuidV7(test::systemNow()), QStringLiteral("another"));
    QVERIFY(node && store::keepShards(connection, *node, std::chrono::hours(1)));
    const auto rescued = store::rescue(connection, *node, {}, true, 10);
    QVERIFY(rescued);
    QCOMPARE(
        to.value(QStringLiteral("SELECT state FROM punctual.messages WHERE id = '%1'").arg(toText(underWay)))
            .toString(),
        QStringLiteral("retrying"));
    const auto claimed = store::claim(connection, *node, {due, underWay}, {});
    QVERIFY(claimed);
    QVERIFY(claimed->empty());
    to.exec(QStringLiteral("SELECT punctual.set_pause('orders', false, NULL)"));
    QCOMPARE(store::claim(connection, *node, {due, underWay}, {})->size(), std::size_t(2));
}

void BackupTest::leavesDestinationsAsTheyWere()
{
    StoreFixture from;
    backUp(from.database);
    TestDatabase to;
    const auto restored = restore(to, {.replace = false, .resume = true});
    QVERIFY(restored);
    QCOMPARE(restored->paused, 0);
    QCOMPARE(
        to.value(QStringLiteral("SELECT count(*) FROM punctual.destinations WHERE paused_until IS NOT NULL"))
            .toInt(),
        0);
}

void BackupTest::replacesOnlyWhenTold()
{
    StoreFixture from;
    backUp(from.database);
    TestDatabase to;
    {
        store::Connection connection(to.address(), QStringLiteral("test"));
        QVERIFY(store::putDestination(
            connection, test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("old"))));
    }
    const auto refused = restore(to);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().detail.contains(QStringLiteral("destinations")));
    QVERIFY(restore(to, {.replace = true, .resume = false}));
    QCOMPARE(to.value(QStringLiteral("SELECT string_agg(name, ' ' ORDER BY name) FROM punctual.destinations"))
                 .toString(),
             QStringLiteral("echo orders"));
}

void BackupTest::refusesWhileANodeRuns()
{
    StoreFixture from;
    backUp(from.database);
    const auto refused = restore(from.database, {.replace = true, .resume = false});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().detail.contains(QStringLiteral("punctuald")));
}

void BackupTest::refusesWhatIsNoBackup()
{
    QFile::remove(file());
    TestDatabase to;
    QCOMPARE(restore(to).error().code, ErrorCode::InvalidInput);
    QFile wrong(file());
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write("not a backup");
    wrong.close();
    QCOMPARE(restore(to).error().code, ErrorCode::InvalidInput);
    QCOMPARE(to.value(QStringLiteral("SELECT count(*) FROM punctual.destinations")).toInt(), 1);
}

void BackupTest::keepsWhatThereIsWhenOthersAreConnected()
{
    StoreFixture from;
    backUp(from.database);
    TestDatabase to;
    store::Connection other(to.address(), QStringLiteral("somebody else"));
    QVERIFY(other.open());
    const auto refused = restore(to);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(to.value(QStringLiteral("SELECT count(*) FROM punctual.destinations")).toInt(), 1);
}

void BackupTest::writesForItsOwnerAlone()
{
    StoreFixture from;
    backUp(from.database);
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(file()).permissions() & others));
    const auto again = store::backUp(from.database.address(), file());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    const auto nowhere =
        store::backUp(from.database.address(), m_directory.filePath(QStringLiteral("no/where")));
    QVERIFY(!nowhere);
    QVERIFY(QFileInfo(file()).size() > 1000);
}

PUNCTUAL_TEST(BackupTest)
#include "backup_test.moc"
