// SPDX-License-Identifier: GPL-3.0-or-later
// What punctuald tells systemd, by the protocol of sd_notify(3).
#include "programs.h"
#include "store/connection.h"
#include "support/test_main.h"

#include <QFile>
#include <QSocketNotifier>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>

using namespace punctual::test;

namespace
{

/// The end that systemd would have.
class ServiceManager
{
public:
    explicit ServiceManager(const QString& path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path);
        if (name.size() >= qsizetype(sizeof address.sun_path))
            qFatal("the path is too long");
        std::copy(name.begin(), name.end(), address.sun_path);
        if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            qFatal("cannot bind");
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] {
            std::array<char, 4096> buffer{};
            const auto size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
            if (size > 0)
                m_heard += QByteArray(buffer.data(), size).split('\n');
        });
    }
    ServiceManager(const ServiceManager&) = delete;
    ServiceManager& operator=(const ServiceManager&) = delete;
    ~ServiceManager() { ::close(m_socket); }

    [[nodiscard]] qsizetype count(const QByteArray& line) const { return m_heard.count(line); }
    [[nodiscard]] qsizetype indexOf(const QByteArray& line) const { return m_heard.indexOf(line); }

private:
    int m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    QSocketNotifier m_notifier{m_socket, QSocketNotifier::Read};
    QByteArrayList m_heard;
};

} // namespace

class NotifyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhenItIsReadyAliveAndStopping();
    void asksForMoreTimeWhileItOpensTheDatabase();
};

void NotifyTest::tellsWhenItIsReadyAliveAndStopping()
{
    Programs programs;
    const QString path = programs.dataDir() + QStringLiteral("/notify");
    ServiceManager manager(path);
    Process server(QStringLiteral("punctuald"),
                   {QStringLiteral("--database"), programs.database().address().conninfo,
                    QStringLiteral("--data-dir"), programs.dataDir(), QStringLiteral("--listen"),
                    QStringLiteral("127.0.0.1:0")},
                   {{QStringLiteral("NOTIFY_SOCKET"), path}});
    QVERIFY(server.start());
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("READY=1") == 1, longestTry);
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("STATUS=Delivering") == 1, longestTry);
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("WATCHDOG=1") >= 3, longestTry); // about one a second
    QCOMPARE(manager.count("STOPPING=1"), 0);
    QCOMPARE(server.terminate(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("STOPPING=1") == 1, longestTry);
    QVERIFY(manager.indexOf("READY=1") < manager.indexOf("STOPPING=1"));
}

void NotifyTest::asksForMoreTimeWhileItOpensTheDatabase()
{
    Programs programs;
    const QString path = programs.dataDir() + QStringLiteral("/notify");
    ServiceManager manager(path);
    // Somebody is in its way for as long as this transaction lasts.
    punctual::store::Connection other(programs.database().address(), QStringLiteral("in the way"));
    QVERIFY(other.script(QStringLiteral("BEGIN; LOCK TABLE punctual.api_tokens IN ACCESS EXCLUSIVE MODE")));
    Process server(QStringLiteral("punctuald"),
                   {QStringLiteral("--database"), programs.database().address().conninfo,
                    QStringLiteral("--data-dir"), programs.dataDir(), QStringLiteral("--listen"),
                    QStringLiteral("127.0.0.1:0")},
                   {{QStringLiteral("NOTIFY_SOCKET"), path}});
    QVERIFY(server.start());
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("EXTEND_TIMEOUT_USEC=60000000") == 1, longestTry);
    QCOMPARE(manager.count("READY=1"), 0);
    QVERIFY(other.script(QStringLiteral("ROLLBACK")));
    QTRY_VERIFY_WITH_TIMEOUT(manager.count("READY=1") == 1, longestTry);
    QCOMPARE(server.terminate(), 0);
}

PUNCTUAL_TEST(NotifyTest)
#include "notify_test.moc"
