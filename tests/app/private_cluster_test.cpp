// SPDX-License-Identifier: GPL-3.0-or-later
// A first start with nothing configured but a data directory: the programs make a PostgreSQL of their
// own and share it.
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QFile>

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

PUNCTUAL_TEST(PrivateClusterTest)
#include "private_cluster_test.moc"
