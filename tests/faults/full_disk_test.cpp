// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's disk is full for a while: nothing is lost, and what was sent meanwhile is not sent again.
#include "inspection.h"
#include "scene.h"
#include "support/factories.h"
#include "support/receiver.h"
#include "support/test_main.h"
#include "throwaway_postgres.h"

#include <QFile>

#include <cerrno>
#include <cstring>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class FullDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLost_data();
    void nothingIsLost();
};

namespace
{

/// It may have ended because it could not even recover.
void keepRunning(ThrowawayPostgres& postgres)
{
    if (!postgres.isRunning())
        postgres.start();
}

} // namespace

void FullDiskTest::nothingIsLost_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("error");
    QTest::newRow("no room for rows") << QStringLiteral("/base/") << ENOSPC;
    QTest::newRow("no room for the log") << QStringLiteral("/pg_wal/") << ENOSPC;
    QTest::newRow("the quota is used up") << QStringLiteral("/base/") << EDQUOT;
}

void FullDiskTest::nothingIsLost()
{
    QFETCH(const QString, part);
    QFETCH(const int, error);
    const QTemporaryDir directory;
    const QString sign = directory.filePath(QStringLiteral("full"));
    const QString library = directory.filePath(QStringLiteral("full_disk.so"));
    // PostgreSQL's user may not be allowed where this was built.
    QVERIFY(QFile::copy(QStringLiteral(PUNCTUAL_FULL_DISK_LIBRARY), library));
    QVERIFY(QFile::setPermissions(directory.path(),
                                  QFile::permissions(directory.path()) | QFile::ReadOther | QFile::ExeOther));
    // The log asks for room soon: it keeps no files for later.
    ThrowawayPostgres postgres("wal_recycle = off\nmin_wal_size = 2MB",
                               {{QStringLiteral("LD_PRELOAD"), library},
                                {QStringLiteral("PUNCTUAL_FULL_DISK"), sign},
                                {QStringLiteral("PUNCTUAL_FULL_DISK_PART"), part},
                                {QStringLiteral("PUNCTUAL_FULL_DISK_ERROR"), QString::number(error)}});
    Scene scene(postgres.createDatabase());
    Receiver receiver;
    scene.put(patientDestination(receiver.url()));
    scene.startServer();
    scene.startServer();
    for (int round = 0; round < rounds(1); ++round) {
        std::vector<NewMessage> messages;
        for (int i = 0; i < 1000; ++i) {
            auto message = messageFor(QStringLiteral("orders"),
                                      std::chrono::milliseconds(scene.random.between(0, 4000)));
            for (int j = 0; j < 200; ++j) // nothing that could be compressed
                message.content.body += QByteArray::number(scene.random.between(0, 1'000'000'000));
            messages.push_back(message);
        }
        const std::size_t before = receiver.count();
        scene.schedule(messages);
        QVERIFY(receiver.waitFor(before + static_cast<std::size_t>(scene.random.between(1, 300))));
        const auto complaints = postgres.log().count(std::strerror(error));
        QVERIFY(QFile(sign).open(QIODevice::WriteOnly));
        const QString nextLogFile = QStringLiteral("SELECT count(*) FROM pg_switch_wal()");
        QTRY_VERIFY_WITH_TIMEOUT(
            ((void)scene.number(nextLogFile), postgres.log().count(std::strerror(error)) > complaints),
            longPatience);
        QTest::qWait(scene.random.between(500, 5'000)); // how long it is full
        QVERIFY(QFile::remove(sign));
        QTRY_VERIFY_WITH_TIMEOUT((keepRunning(postgres), scene.live() == 0), longPatience);
    }
    QVERIFY(scene.stopServers());
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
    QCOMPARE(inspected.surplus, 0);
}

PUNCTUAL_TEST(FullDiskTest)
#include "full_disk_test.moc"
