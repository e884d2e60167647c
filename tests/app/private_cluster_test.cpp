// SPDX-License-Identifier: GPL-3.0-or-later
// A first start with nothing configured but a data directory: the programs make a PostgreSQL of their
// own and share it.
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QFile>
#include <QFileInfo>

#include <csignal>

using namespace punctual::test;

namespace
{

/// The process that a postmaster.pid names once it takes connections; 0 before.
pid_t postmasterOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    return lines.size() > 7 && lines[7].trimmed() == "ready" ? lines[0].toInt() : 0;
}

} // namespace

class PrivateClusterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversWithNothingConfigured();
    void backsUpAndRestores();
};

void PrivateClusterTest::deliversWithNothingConfigured()
{
    QTemporaryDir directory;
    // The cluster may have to run as another user.
    QVERIFY(QFile::setPermissions(directory.path(), QFile::permissions(directory.path()) | QFile::ExeOther));
    const QString dataDir = directory.filePath(QStringLiteral("data"));
    const std::map<QString, QString> environment{
        {QStringLiteral("PUNCTUAL_DATA_DIR"), dataDir},
        {QStringLiteral("PUNCTUAL_API_LISTEN"), QStringLiteral("127.0.0.1:0")},
        {QStringLiteral("XDG_CONFIG_HOME"), directory.path()}};
    const auto ctl = [&](const char* arguments) {
        return runToEnd(QStringLiteral("punctualctl"), QString::fromLatin1(arguments).split(u' '),
                        environment);
    };
    Receiver receiver;
    Process server(QStringLiteral("punctuald"), {}, environment);
    QVERIFY(server.start());
    QVERIFY2(server.waitForLine(QStringLiteral("listens on")), server.errors().constData());
    QVERIFY(QFile::exists(dataDir + QStringLiteral("/admin.token")));

    const auto added = ctl(qPrintable(
        QStringLiteral("destination add orders --allow-private-addresses --url %1").arg(receiver.url())));
    QVERIFY2(added.exitCode == 0, added.errors.constData());
    const auto scheduled = ctl("schedule orders --in 0s --body private");
    QVERIFY2(scheduled.exitCode == 0, scheduled.errors.constData());
    QVERIFY(receiver.waitFor(1));
    QCOMPARE(receiver.requests().front().body, QByteArray("private"));

    // Nobody but the running program is there to start a PostgreSQL that dies.
    const QString pidFile = dataDir + QStringLiteral("/cluster/postmaster.pid");
    const auto pid = postmasterOf(pidFile);
    QCOMPARE(::kill(pid, SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(postmasterOf(pidFile) != pid && postmasterOf(pidFile) > 0, longestTry);
    const auto later = ctl("schedule orders --in 0s --body after");
    QVERIFY2(later.exitCode == 0, later.errors.constData());
    QVERIFY(receiver.waitFor(2));
    QCOMPARE(receiver.requests().back().body, QByteArray("after"));
    QCOMPARE(server.terminate(), 0);
    // It stops with its last user; its files go only then.
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(pidFile), longestTry);
}

void PrivateClusterTest::backsUpAndRestores()
{
    QTemporaryDir directory;
    QVERIFY(QFile::setPermissions(directory.path(), QFile::permissions(directory.path()) | QFile::ExeOther));
    const QString file = directory.filePath(QStringLiteral("punctual.backup"));
    const std::map<QString, QString> environment{
        {QStringLiteral("PUNCTUAL_DATA_DIR"), directory.filePath(QStringLiteral("data"))},
        {QStringLiteral("XDG_CONFIG_HOME"), directory.path()}};
    const auto ctl = [&](const QString& arguments) {
        return runToEnd(QStringLiteral("punctualctl"), (arguments + QStringLiteral(" --json")).split(u' '),
                        environment);
    };
    QCOMPARE(ctl(QStringLiteral("destination add orders --url https://api.example.com/hook")).exitCode, 0);
    QCOMPARE(ctl(QStringLiteral("schedule orders --in 1h --body kept")).exitCode, 0);
    const auto made = ctl(QStringLiteral("backup ") + file);
    QVERIFY2(made.exitCode == 0, made.errors.constData());
    QCOMPARE(made.json().value(u"bytes").toInteger(), QFileInfo(file).size());
    QCOMPARE(ctl(QStringLiteral("backup ") + file).exitCode, 4); // it exists
    QCOMPARE(ctl(QStringLiteral("schedule orders --in 1h --body lost")).exitCode, 0);
    QCOMPARE(ctl(QStringLiteral("restore-backup ") + file).exitCode, 4); // there is something
    const auto restored = ctl(QStringLiteral("restore-backup --replace ") + file);
    QVERIFY2(restored.exitCode == 0, restored.errors.constData());
    QCOMPARE(restored.json().value(u"waiting").toInt(), 1);
    QCOMPARE(restored.json().value(u"paused_destinations").toInt(), 2);
    const auto listed = ctl(QStringLiteral("list"));
    QCOMPARE(listed.output.count("\"destination\""), 1);
    // What stops with its last user has to be over before its directory goes.
    const QString pidFile = directory.filePath(QStringLiteral("data/cluster/postmaster.pid"));
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(pidFile), longestTry);
}

PUNCTUAL_TEST(PrivateClusterTest)
#include "private_cluster_test.moc"
