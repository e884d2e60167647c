// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/status/alarms.h"
#include "ui/tray/tray.h"

#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class AlarmsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_alarms = std::make_unique<Alarms>(m_fixture->workspace);
        m_raised = std::make_unique<QSignalSpy>(m_alarms.get(), &Alarms::raised);
    }

    void cleanup()
    {
        m_raised.reset();
        m_alarms.reset();
        m_fixture.reset();
    }

    void tellsOfNewDeadLettersTogether()
    {
        m_alarms->takeStatus(withDead(3)); // these were there before
        m_alarms->takeStatus(withDead(4));
        m_alarms->takeStatus(withDead(8));
        m_alarms->setDistance(10ms);
        QTRY_COMPARE_WITH_TIMEOUT(m_raised->count(), 1, 30'000);
        QCOMPARE(kindAt(0), Alarms::Kind::DeadLetters);
        QCOMPARE(m_raised->at(0).at(1).toString(), QStringLiteral("5 message(s) failed for good"));
        m_alarms->takeStatus(withDead(2)); // some were sent again
        m_alarms->takeStatus(withDead(3));
        QTRY_COMPARE_WITH_TIMEOUT(m_raised->count(), 2, 30'000);
    }

    void tellsOnceOfALostConnectionAndOfItsReturn()
    {
        m_alarms->setPatience(20ms);
        m_alarms->takeStatus(withDead(0));
        QCOMPARE(m_raised->count(), 0);
        // Nothing more comes, as from a database that hangs.
        QTRY_COMPARE_WITH_TIMEOUT(m_raised->count(), 1, 30'000);
        QCOMPARE(kindAt(0), Alarms::Kind::Connection);
        m_alarms->setPatience(1min);
        m_alarms->takeStatus(withDead(0));
        m_alarms->takeStatus(withDead(0));
        QCOMPARE(m_raised->count(), 2);
        QCOMPARE(kindAt(1), Alarms::Kind::Reconnection);
        QVERIFY(m_raised->at(1).at(1).toString().contains(QStringLiteral("again")));
    }

    void soundsNoAlarmForGoodNews()
    {
        QCOMPARE(Tray::iconOf(Alarms::Kind::DeadLetters), QSystemTrayIcon::Critical);
        QCOMPARE(Tray::iconOf(Alarms::Kind::Connection), QSystemTrayIcon::Critical);
        QCOMPARE(Tray::iconOf(Alarms::Kind::Quota), QSystemTrayIcon::Warning);
        QCOMPARE(Tray::iconOf(Alarms::Kind::Reconnection), QSystemTrayIcon::Information);
    }

    void tellsOfAQuotaThatRunsOut()
    {
        auto destination =
            test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("orders"));
        destination.quota = Quota{100, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY(put);
        use(89);
        m_alarms->setDistance(10ms);
        QTest::qWait(200);
        QCOMPARE(m_raised->count(), 0);
        use(90);
        QTRY_COMPARE_WITH_TIMEOUT(m_raised->count(), 1, 30'000);
        QCOMPARE(kindAt(0), Alarms::Kind::Quota);
        QCOMPARE(m_raised->at(0).at(1).toString(), QStringLiteral("The quota of orders is nearly used up"));
        use(100);
        QTRY_COMPARE_WITH_TIMEOUT(m_raised->count(), 2, 30'000);
        QCOMPARE(m_raised->at(1).at(1).toString(), QStringLiteral("The quota of orders is used up"));
    }

private:
    [[nodiscard]] Alarms::Kind kindAt(int index) const
    {
        return m_raised->at(index).at(0).value<Alarms::Kind>();
    }

    SystemStatus withDead(qint64 count)
    {
        return {
            .databaseTime = m_fixture->clock.now(), .messages = {{MessageState::Dead, count}}, .nodes = {}};
    }

    void use(int used)
    {
        m_fixture->database.exec(
            QStringLiteral(
                "UPDATE punctual.lanes SET version = version + 1, quota_used = %1, quota_resets_at = now() + "
                "interval '1 hour' WHERE destination = 'orders'")
                .arg(used));
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<Alarms> m_alarms;
    std::unique_ptr<QSignalSpy> m_raised;
};

} // namespace punctual::ui

using punctual::ui::AlarmsTest;
QTEST_MAIN(AlarmsTest)

#include "alarms_test.moc"
