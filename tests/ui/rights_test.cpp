// SPDX-License-Identifier: GPL-3.0-or-later
// What a role may not do cannot be chosen on any page, and says why.
#include "runtime/node_host.h"
#include "store/migrator.h"
#include "support/postgres_pair.h"
#include "support/receiver.h"
#include "ui/compose/compose_page.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/destinations/destinations_page.h"
#include "ui/forecast/forecast_page.h"
#include "ui/forecast/heat_map.h"
#include "ui/main_window.h"
#include "ui/messages/due_strip.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/operations/operations_page.h"
#include "ui/palette/command_palette.h"
#include "ui/status/status_strip.h"
#include "visitor.h"

#include <QAction>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>

namespace punctual::ui
{

using namespace std::chrono_literals;

class RightsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_settings = std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
        m_settings->clear();
    }

    void cleanup()
    {
        m_page.reset();
        m_visitor.reset();
        m_fixture.reset();
    }

    void messages_data() { roles(); }
    void messages()
    {
        comeIn();
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        auto& page = show<MessagesPage>();
        auto* table = page.findChild<MessageTable*>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 30'000);
        table->select(id);
        expect("Cancel message", Right::Cancel);
        expect("Reschedule…", Right::Reschedule);
        expect("Edit…", Right::Edit);
        expect("Cancel all that match…", Right::RunOperations);
        expect("Send all that match again…", Right::RunOperations);
        const auto* strip = page.findChild<DueStrip*>();
        QCOMPARE(strip->isEnabled(), may(Right::Reschedule));
        QCOMPARE(strip->toolTip().contains(QStringLiteral("may not reschedule")), !may(Right::Reschedule));
        QVERIFY(page.actionSet().copyId->isEnabled());
        QVERIFY(page.actionSet().copyCurl->isEnabled());
        // Without the right its lack is the reason, not the selection.
        QVERIFY(!page.actionSet().restore->isEnabled());
        QCOMPARE(page.actionSet().restore->statusTip(),
                 may(Right::Restore) ? QStringLiteral("Only what is cancelled can be restored.")
                                     : QStringLiteral("Your role, viewer, may not restore messages: ask for "
                                                      "the role operator."));
        const auto cancelled = test::await<CancelVerdict>([&](QObject* context, auto answer) {
            m_fixture->client.cancel(m_fixture->workspace.actor, id, context, answer);
        });
        QVERIFY(cancelled);
        expect("Send again", Right::Replay); // of what is over
    }

    void theFirstMessage_data() { roles(); }
    void theFirstMessage()
    {
        comeIn();
        auto& page = show<MessagesPage>();
        QTRY_VERIFY_WITH_TIMEOUT(label(page, QStringLiteral("There are no messages yet.")), 30'000);
        const auto* begin =
            test::button<QPushButton>(page, QStringLiteral("Deliver a first message to echo"));
        QCOMPARE(begin != nullptr && begin->isVisible(), may(Right::Schedule));
        QCOMPARE(label(page, QStringLiteral("may not schedule messages")) != nullptr, !may(Right::Schedule));
    }

    void compose_data() { roles(); }
    void compose()
    {
        comeIn();
        auto& page = show<ComposePage>();
        expect("Schedule", Right::Schedule);
        expect("Send a test now", Right::Schedule);
        expect("Many from CSV…", Right::Schedule);
        expect("Schedule the message in the form", Right::Schedule);
        QCOMPARE(page.acceptDrops(), may(Right::Schedule));
        QCOMPARE(test::named<QLabel>(page, QStringLiteral("What one may do here"))->isVisible(),
                 !may(Right::Schedule));
    }

    void deadLetters_data() { roles(); }
    void deadLetters()
    {
        comeIn();
        makeDeadLetter();
        show<DeadLettersPage>();
        QTRY_VERIFY_WITH_TIMEOUT(action("Show its messages")->isEnabled(), 30'000);
        expect("Send this one again", Right::Replay);
        expect("Try a canary…", Right::RunOperations);
        expect("Send the group again…", Right::RunOperations);
        expect("Send all again…", Right::RunOperations);
        expect("Send a time range again…", Right::RunOperations);
    }

    void destinations_data() { roles(); }
    void destinations()
    {
        comeIn();
        auto& page = show<DestinationsPage>();
        auto* table = test::named<QTableView>(page, QStringLiteral("Destinations"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, 30'000);
        table->selectRow(table->model()->index(0, 0).data().toString() == QStringLiteral("orders") ? 0 : 1);
        expect("New destination", Right::ChangeDestinations);
        expect("Edit settings", Right::ChangeDestinations);
        expect("Remove destination", Right::ChangeDestinations);
        expect("Pause", Right::PauseDestinations);
        QVERIFY(action("Show its messages")->isEnabled());
        const QPoint place = table->visualRect(table->currentIndex()).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(test::named<QTableView>(page, QStringLiteral("Destinations"))->isVisible(),
                 !may(Right::ChangeDestinations));
    }

    void operations_data() { roles(); }
    void operations()
    {
        comeIn();
        m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        const auto started = test::await<Operation>([&](QObject* context, auto answer) {
            m_fixture->client.startOperation(
                m_fixture->workspace.actor,
                {.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}},
                context, answer);
        });
        QVERIFY(started);
        auto& page = show<OperationsPage>();
        auto* abort = test::button<QPushButton>(page, QStringLiteral("Abort"));
        QTRY_VERIFY_WITH_TIMEOUT(abort->isVisible(), 30'000);
        expect("Abort", Right::RunOperations);
        expect("Undo", Right::RunOperations);
    }

    void forecast_data() { roles(); }
    void forecast()
    {
        comeIn();
        const Instant due = std::chrono::floor<std::chrono::hours>(m_fixture->clock.now()) + 2h + 30min;
        for (int i = 0; i < 2; ++i)
            m_fixture->schedule(test::messageFor(QStringLiteral("orders"), due));
        auto& page = show<ForecastPage>();
        auto* map = page.findChild<HeatMap*>();
        QTRY_COMPARE_WITH_TIMEOUT(map->model()->columnCount(), 240, 30'000);
        for (int row = 0; row < map->model()->rowCount(); ++row)
            if (map->model()->headerData(row, Qt::Vertical).toString() == QStringLiteral("orders"))
                map->setCurrentIndex(map->model()->index(row, 2));
        QVERIFY(test::button<QPushButton>(page, QStringLiteral("Show these messages"))->isEnabled());
        expect("Spread them…", Right::RunOperations);
    }

    void theWindow_data() { roles(); }
    void theWindow()
    {
        comeIn();
        auto& window = showWindow();
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("User and role")),
                                  QStringLiteral("%1 (%2)").arg(m_visitor->login, toText(m_role)), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("Database")),
                                  QStringLiteral("Database: connected"), 30'000);
        QVERIFY(!notice(window)->isVisible());
        const CommandPalette palette(commandsOf(*window.menuBar()), &window);
        const auto* list = palette.findChild<QTreeWidget*>();
        const auto found =
            list->findItems(QStringLiteral("New destination"), Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.front()->isDisabled(), !may(Right::ChangeDestinations));
        QCOMPARE(found.front()->toolTip(0).contains(QStringLiteral("ask for the role admin")),
                 !may(Right::ChangeDestinations));
    }

    void aLoginWithoutARoleIsToldSo()
    {
        m_visitor = std::make_unique<test::Visitor>(*m_fixture, QString());
        auto& window = showWindow();
        QTRY_COMPARE_WITH_TIMEOUT(notice(window)->text(),
                                  QStringLiteral("The login %1 has no role of Punctual: ask for the role "
                                                 "viewer.")
                                      .arg(m_visitor->login),
                                  30'000);
        QVERIFY(notice(window)->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("Database")),
                                  QStringLiteral("Database: not open to this login"), 30'000);
    }

    void aRoleThatIsGrantedHoldsAfterTheNextConnection()
    {
        m_role = Role::Viewer;
        comeIn();
        auto& window = showWindow();
        QTRY_VERIFY_WITH_TIMEOUT(m_visitor->rights.access().has_value(), 30'000);
        QVERIFY(!action("New destination")->isEnabled());
        m_fixture->database.exec(QStringLiteral("GRANT punctual_admin TO %1").arg(m_visitor->login));
        m_fixture->database.exec(
            QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%1'")
                .arg(m_visitor->login));
        QTRY_VERIFY_WITH_TIMEOUT(action("New destination")->isEnabled(), 30'000);
        QCOMPARE(strip(window, QStringLiteral("User and role")),
                 m_visitor->login + QStringLiteral(" (admin)"));
    }

    void aReadOnlyDatabaseOffersNothingThatChangesIt()
    {
        m_role = Role::Admin;
        comeIn(QStringLiteral("; ALTER ROLE %1 SET default_transaction_read_only = on"));
        auto& window = showWindow();
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("Database")),
                                  QStringLiteral("Database: read-only"), 30'000);
        QVERIFY(notice(window)->isVisible());
        QVERIFY(
            notice(window)->text().startsWith(QStringLiteral("Read-only: this database takes no changes")));
        QVERIFY(!action("New destination")->isEnabled());
        QVERIFY(action("New destination")->toolTip().contains(QStringLiteral("Read-only")));
        QVERIFY(!test::button<QPushButton>(window, QStringLiteral("Schedule"))->isEnabled());
    }

    void aStandbyIsReadOnlyUntilItIsPromoted()
    {
        test::PostgresPair pair;
        QVERIFY(pair.started());
        QVERIFY(store::migrate(pair.primary()));
        client::Client client(pair.standby(), 2);
        Rights rights(client);
        const Workspace workspace{
            client, m_fixture->clock, m_fixture->dialogs, test::someActor(), m_fixture->workspace.zone,
            rights};
        auto& window = showWindow(&workspace);
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("Database")),
                                  QStringLiteral("Database: read-only"), 60'000);
        QVERIFY(notice(window)->text().startsWith(QStringLiteral("Read-only: this database is a standby")));
        QVERIFY(!action("New destination")->isEnabled());
        QVERIFY(pair.loseThePrimary());
        QVERIFY(pair.promote());
        QTRY_COMPARE_WITH_TIMEOUT(strip(window, QStringLiteral("Database")),
                                  QStringLiteral("Database: connected"), 60'000);
        QVERIFY(!notice(window)->isVisible());
        QVERIFY(action("New destination")->isEnabled());
        m_page.reset(); // before what it uses
    }

private:
    static void roles()
    {
        QTest::addColumn<Role>("role");
        QTest::newRow("a viewer") << Role::Viewer;
        QTest::newRow("an operator") << Role::Operator;
        QTest::newRow("an admin") << Role::Admin;
    }

    /// With the role of the row, or with the one that was set where there are no rows.
    void comeIn(const QString& besides = {})
    {
        if (QTest::currentDataTag() != nullptr) {
            QFETCH(const Role, role);
            m_role = role;
        }
        m_visitor = std::make_unique<test::Visitor>(
            *m_fixture,
            QStringLiteral("GRANT punctual_%1 TO ").arg(toText(m_role)) + QStringLiteral("%1") + besides);
        m_visitor->rights.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(m_visitor->rights.access().has_value(), 30'000);
        QCOMPARE(m_visitor->rights.access()->role, std::optional(m_role));
    }

    [[nodiscard]] bool may(Right right) const { return m_role >= roleFor(right); }

    template <class Page>
    Page& show()
    {
        auto page = std::make_unique<Page>(m_visitor->workspace);
        auto& shown = *page;
        m_page = std::move(page);
        m_page->resize(1200, 760);
        m_page->show();
        return shown;
    }

    MainWindow& showWindow(const Workspace* workspace = nullptr)
    {
        auto window = std::make_unique<MainWindow>(workspace != nullptr ? *workspace : m_visitor->workspace,
                                                   m_fixture->clock, *m_settings);
        auto& shown = *window;
        m_page = std::move(window);
        m_page->show();
        return shown;
    }

    /// It can be chosen with the right, and says without it which role has it.
    void expect(const char* text, Right right)
    {
        const auto* command = action(text);
        const auto* button = test::button<QPushButton>(*m_page, QString::fromUtf8(text));
        QVERIFY2(command != nullptr || button != nullptr, text);
        const auto isEnabled = [&] {
            return command != nullptr ? command->isEnabled() : button->isEnabled();
        };
        if (may(right)) {
            if (!QTest::qWaitFor(isEnabled, 30'000))
                QFAIL(text);
            return;
        }
        QVERIFY2(!isEnabled(), text);
        const QString tip = command != nullptr ? command->toolTip() : button->toolTip();
        const QString wanted = QStringLiteral("ask for the role %1.").arg(toText(roleFor(right)));
        QVERIFY2(tip.contains(QStringLiteral("Your role, %1, may not").arg(toText(m_role))), qPrintable(tip));
        QVERIFY2(tip.endsWith(wanted), qPrintable(tip));
    }

    QAction* action(const char* text)
    {
        auto actions = m_page->findChildren<QAction*>();
        const auto widgets = m_page->findChildren<QWidget*>();
        for (const auto* widget : widgets)
            actions += widget->actions();
        for (auto* each : std::as_const(actions))
            if (each->text().remove(u'&') == QString::fromUtf8(text))
                return each;
        return nullptr;
    }

    static QLabel* label(const QWidget& parent, const QString& text)
    {
        const auto labels = parent.findChildren<QLabel*>();
        for (auto* each : labels)
            if (each->isVisible() && each->text().contains(text))
                return each;
        return nullptr;
    }

    static QLabel* notice(const MainWindow& window)
    {
        return test::named<QLabel>(*window.centralWidget(), QStringLiteral("Notice"));
    }

    static QString strip(const MainWindow& window, const QString& name)
    {
        return test::named<QLabel>(*window.findChild<StatusStrip*>(), name)->text();
    }

    void makeDeadLetter()
    {
        test::Receiver receiver;
        receiver.replyAlways({.status = 404});
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, test::destinationAt(receiver.url()), context,
                                  answer);
        });
        QVERIFY(put);
        runtime::NodeHost node(m_fixture->database.address(), runtime::NodeOptions{QStringLiteral("test")});
        node.start();
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find(id)->state == MessageState::Dead, 30'000);
    }

    QTemporaryDir m_directory;
    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<test::Visitor> m_visitor;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QWidget> m_page;
    Role m_role = Role::Viewer;
};

} // namespace punctual::ui

using punctual::ui::RightsTest;
QTEST_MAIN(RightsTest)

#include "rights_test.moc"
