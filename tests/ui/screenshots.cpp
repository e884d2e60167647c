// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a picture of every page with data in it, light, dark and of high contrast, for people to look at:
//
//   QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 screenshots DIRECTORY
//
// Like a test program it uses a database of its own; a node delivers to receivers on the loopback.
#include "camera.h"
#include "fixture.h"
#include "runtime/node_host.h"
#include "sample_data.h"
#include "support/receiver.h"
#include "ui/common/theme.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/destinations/destinations_page.h"
#include "ui/forecast/heat_map.h"
#include "ui/messages/messages_page.h"
#include "ui/operations/bulk_dialog.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

class PageCamera : public test::Camera
{
public:
    using Camera::Camera;

    void takeAll(const QString& look)
    {
        m_window.showDashboard();
        auto* range = test::named<QComboBox>(m_window, test::said("DashboardBar", "Range"));
        for (const int index : {0, 1, 4}) {
            range->setCurrentIndex(index);
            take(QStringLiteral("dashboard-%1-%2").arg(index).arg(look), 2500);
        }
        range->setCurrentIndex(0);
        m_window.showDestinations();
        take(QStringLiteral("destinations-%1").arg(look), 1500);
        auto* table = test::named<QTableView>(m_window, test::said("DestinationsPage", "Destinations"));
        test::selectRow(*table, -1);
        for (auto* page : m_window.findChildren<ui::DestinationsPage*>()) {
            test::trigger(page->actionsOfDestination(), test::said("DestinationsPage", "&Edit settings"));
            take(QStringLiteral("destination-editor-%1").arg(look), 500);
            test::button<QPushButton>(*page, test::said("DestinationEditor", "&Cancel"))->click();
        }
        m_window.showNodes();
        take(QStringLiteral("nodes-%1").arg(look), 1500);
        m_window.showMessages();
        take(QStringLiteral("messages-%1").arg(look), 1500);
        takeDeadLetters(look);
        m_window.showOperations();
        take(QStringLiteral("operations-%1").arg(look), 1500);
        takeForecast(look);
        m_window.showAudit();
        QTest::qWait(1000);
        test::selectRow(*test::named<QTableView>(m_window, test::said("AuditPage", "Audit")), 1);
        take(QStringLiteral("audit-%1").arg(look), 500);
        m_window.showRecurring();
        take(QStringLiteral("recurring-%1").arg(look), 300);
    }

private:
    void takeDeadLetters(const QString& look)
    {
        m_window.showDeadLetters();
        take(QStringLiteral("dead-letters-%1").arg(look), 1500);
        const auto actions = m_window.findChild<ui::DeadLettersPage*>()->actionsOfDeadLetters();
        test::trigger(actions, test::said("DeadLettersPage", "Try a &canary…"));
        takeDialog<ui::BulkDialog>(QStringLiteral("bulk-%1").arg(look));
        test::trigger(actions, test::said("DeadLettersPage", "Send a time &range again…"));
        takeDialog<ui::RangeDialog>(QStringLiteral("range-%1").arg(look));
        test::trigger(m_window.findChild<ui::MessagesPage*>()->actionsOfAll(),
                      test::said("MatchingMenu", "Resc&hedule all that match…"));
        takeDialog<ui::BulkDialog>(QStringLiteral("bulk-reschedule-%1").arg(look));
    }

    void takeForecast(const QString& look)
    {
        m_window.showForecast();
        QTest::qWait(1500);
        auto* map = m_window.findChild<ui::HeatMap*>();
        map->setCurrentIndex(map->model()->index(map->model()->rowCount() - 2, 105));
        take(QStringLiteral("forecast-%1").arg(look), 800);
        auto* range = test::named<QComboBox>(m_window, test::said("ForecastPage", "Range of the forecast"));
        range->setCurrentIndex(2);
        take(QStringLiteral("forecast-day-%1").arg(look), 800);
        range->setCurrentIndex(0);
    }

    template <class Dialog>
    void takeDialog(const QString& name)
    {
        auto* dialog = m_window.findChild<Dialog*>();
        if (dialog == nullptr)
            qFatal("There is no dialog for %s", qPrintable(name));
        QTest::qWait(1200);
        save(dialog->grab(), name);
        delete dialog;
    }
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    test::installWords(application);
    ui::applyTheme(application, ui::Theme::Light);
    const QString directory = application.arguments().value(1, QStringLiteral("."));

    test::Receiver receiver;
    test::Fixture fixture;
    test::addDestinations(fixture, receiver.url());
    test::addHistory(fixture.database);
    test::addMessages(fixture);
    test::addForecast(fixture);
    test::addDeadLetters(fixture);
    runtime::NodeHost node(fixture.database.address(), {QStringLiteral("wall:4711")});
    node.start();
    const QTemporaryDir state;
    QSettings settings(state.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    ui::MainWindow window(fixture.workspace, fixture.clock, settings);
    window.resize(1280, 800);
    window.show();
    QTest::qWait(5000);
    test::addQuota(fixture.database);
    test::addOperations(fixture);
    PageCamera camera(window, directory);
    camera.takeAll(QStringLiteral("light"));
    ui::applyTheme(application, ui::Theme::Dark);
    camera.takeAll(QStringLiteral("dark"));
    ui::applyTheme(application, ui::Theme::HighContrast);
    camera.takeAll(QStringLiteral("high-contrast"));
    return 0;
}
