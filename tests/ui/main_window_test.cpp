// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/audit/audit_page.h"
#include "ui/compose/compose_page.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/destinations/destinations_page.h"
#include "ui/forecast/forecast_page.h"
#include "ui/main_window.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/nodes/nodes_page.h"
#include "ui/operations/operations_page.h"
#include "ui/recurring/recurring_page.h"
#include "ui/status/status_strip.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_settings = std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
        m_settings->clear();
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_settings.reset();
        m_fixture.reset();
    }

    void saysHowNodeAndDatabaseAre()
    {
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(statusSays(QStringLiteral("Database: connected")), 30'000);
        QVERIFY(statusSays(QStringLiteral("Backlog: 0")));
        QVERIFY(statusSays(QStringLiteral("no node is running")));
        m_window->expectNode();
        QVERIFY(statusSays(QStringLiteral("Node: starting")));
        m_window->setNodeReady(true);
        QVERIFY(statusSays(QStringLiteral("Node: ready")));
        m_window->setNodeReady(false);
        QVERIFY(statusSays(QStringLiteral("nothing is sent")));
    }

    void saysThatTheDatabaseIsLost()
    {
        // Nobody listens there.
        client::Client nowhere({QStringLiteral("host=127.0.0.1 port=9 connect_timeout=2")}, 1);
        Rights rights(nowhere);
        const Workspace workspace{nowhere,           m_fixture->clock, m_fixture->dialogs,
                                  test::someActor(), QTimeZone::utc(), rights};
        m_window = std::make_unique<MainWindow>(workspace, m_fixture->clock, *m_settings);
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(statusSays(QStringLiteral("Database: lost")), 20'000);
        const auto buttons = m_window->findChildren<QPushButton*>();
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(buttons.begin(), buttons.end(),
                                             [](const QPushButton* button) {
                                                 return button->isVisible() &&
                                                        button->text() == QStringLiteral("Try again");
                                             }),
                                 30'000);
        m_window.reset();
    }

    void goesToEveryPageByKeyboard()
    {
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ComposePage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<MessagesPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<DashboardPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<DestinationsPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<NodesPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<DeadLettersPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<OperationsPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ForecastPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<AuditPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<RecurringPage*>()->isVisible(), 30'000);
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->focusWidget()->accessibleName(), QStringLiteral("Search"),
                                  30'000);
    }

    void opensAScheduledMessageInTheList()
    {
        m_fixture->addDestination(QStringLiteral("orders"));
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        m_window->show();
        m_window->showCompose();
        Q_EMIT m_window->findChild<ComposePage*>()->showRequested(id);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->findChild<MessageTable*>()->selectedIds(), std::vector{id},
                                  30'000);
    }

    void opensTheMessagesBehindAPointOfAChart()
    {
        m_fixture->addDestination(QStringLiteral("orders"));
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(2h)));
        m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(9h)));
        const Instant due = m_fixture->find(id)->dueAt;
        m_window->show();
        m_window->showDashboard();
        Q_EMIT m_window->findChild<DashboardPage*>()->messagesRequested(
            {.destination = QStringLiteral("orders"), .dueAfter = due - 1min, .dueBefore = due + 1min});
        const auto* table = m_window->findChild<MessageTable*>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 30'000);
        QVERIFY(table->isVisible());
        const auto buttons = m_window->findChildren<QToolButton*>();
        const auto chip = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* button) {
            return button->text().startsWith(QStringLiteral("Due "));
        });
        QVERIFY(chip != buttons.end());
        (*chip)->click();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, 30'000);
    }

    void opensThePageOfAnAlarm()
    {
        m_window->showKiosk();
        m_window->openAlarm(Alarms::Kind::DeadLetters);
        QVERIFY(m_window->findChild<DeadLettersPage*>()->isVisible());
        QVERIFY(m_window->menuBar()->isVisible());
        m_window->openAlarm(Alarms::Kind::Quota);
        QVERIFY(m_window->findChild<DestinationsPage*>()->isVisible());
        m_window->openAlarm(Alarms::Kind::Connection);
        QVERIFY(m_window->findChild<NodesPage*>()->isVisible());
    }

    void showsTheDashboardAloneOnAWall()
    {
        m_window->show();
        m_window->showKiosk();
        QVERIFY(m_window->isFullScreen());
        QVERIFY(m_window->findChild<DashboardPage*>()->isVisible());
        QVERIFY(!m_window->statusBar()->isVisible());
        QVERIFY(!m_window->menuBar()->isVisible());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isFullScreen(), 30'000);
        QVERIFY(m_window->statusBar()->isVisible());
        QVERIFY(m_window->menuBar()->isVisible());
    }

    void beginsOnAWallAlthoughItEndedThere()
    {
        m_window->resize(1040, 620);
        m_window->show();
        m_window->showKiosk();
        m_window->close();
        makeWindow();
        m_window->showKiosk(); // as with --fullscreen, before anything is shown
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->isFullScreen());
        m_window->showKiosk();
        QVERIFY(!m_window->isFullScreen());
        QVERIFY(m_window->menuBar()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(m_window->size(), QSize(1040, 620), 30'000);
    }

    void beginsInAWindowAlthoughAnOlderOneEndedOnAWall()
    {
        m_window->showFullScreen();
        m_settings->setValue(QStringLiteral("window/geometry"), m_window->saveGeometry());
        makeWindow();
        QVERIFY(!m_window->isFullScreen());
    }

    void obeysKeysOnAWall()
    {
        m_window->showKiosk();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        const QSignalSpy quits(m_window.get(), &MainWindow::quitRequested);
        QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
        QCOMPARE(quits.count(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_F11);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isFullScreen(), 30'000);
        QVERIFY(m_window->statusBar()->isVisible());
    }

    void remembersTheRangeOfTheDashboard()
    {
        m_window->show();
        test::named<QComboBox>(*m_window, QStringLiteral("Range"))->setCurrentIndex(3);
        test::named<QComboBox>(*m_window, QStringLiteral("Objective"))
            ->setCurrentText(QStringLiteral("50 ms"));
        m_window->close();
        makeWindow();
        QCOMPARE(test::named<QComboBox>(*m_window, QStringLiteral("Range"))->currentIndex(), 3);
        QCOMPARE(test::named<QComboBox>(*m_window, QStringLiteral("Objective"))->currentText(),
                 QStringLiteral("50 ms"));
    }

    void namesEveryControl()
    {
        m_window->show();
        const auto controls = m_window->findChildren<QWidget*>();
        for (const auto* control : controls) {
            const bool takesInput =
                qobject_cast<const QLineEdit*>(control) || qobject_cast<const QComboBox*>(control) ||
                qobject_cast<const QPlainTextEdit*>(control) ||
                qobject_cast<const QAbstractSpinBox*>(control) || qobject_cast<const QTableView*>(control) ||
                qobject_cast<const QListWidget*>(control);
            const bool isPart = qobject_cast<const QComboBox*>(control->parentWidget()) ||
                                qobject_cast<const QAbstractSpinBox*>(control->parentWidget()) ||
                                control->window() != m_window.get();
            if (takesInput && !isPart)
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
        }
    }

    void remembersItsSizeAndAsksToClose()
    {
        m_window->show();
        m_window->resize(1040, 620);
        const QSignalSpy asked(m_window.get(), &MainWindow::closeRequested);
        m_window->close();
        QCOMPARE(asked.count(), 1);
        QVERIFY(m_window->isVisible());
        makeWindow();
        QCOMPARE(m_window->size(), QSize(1040, 620));
    }

private:
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(m_fixture->workspace, m_fixture->clock, *m_settings);
    }

    bool statusSays(const QString& text)
    {
        const auto labels = m_window->findChild<StatusStrip*>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel* label) { return label->text().contains(text); });
    }

    QTemporaryDir m_directory;
    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace punctual::ui

using punctual::ui::MainWindowTest;
QTEST_MAIN(MainWindowTest)

#include "main_window_test.moc"
