// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/audit/audit_page.h"
#include "ui/common/icon.h"
#include "ui/common/rights.h"
#include "ui/common/tone_label.h"
#include "ui/compose/compose_page.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/destinations/destinations_page.h"
#include "ui/forecast/forecast_page.h"
#include "ui/help/help_menu.h"
#include "ui/messages/messages_page.h"
#include "ui/nodes/nodes_page.h"
#include "ui/operations/operations_page.h"
#include "ui/recurring/recurring_page.h"
#include "ui/settings/preferences_action.h"
#include "ui/status/status_monitor.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QMenuBar>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>

namespace punctual::ui
{

MainWindow::MainWindow(const Workspace& workspace, DatabaseClock& clock, QSettings& settings, QWidget* parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_navigation(new QListWidget)
    , m_notice(new ToneLabel(Tone::Warning))
    , m_pages(new QStackedWidget)
    , m_messages(new MessagesPage(workspace))
    , m_compose(new ComposePage(workspace))
    , m_dashboard(new DashboardPage(workspace))
    , m_destinations(new DestinationsPage(workspace))
    , m_nodes(new NodesPage(workspace))
    , m_deadLetters(new DeadLettersPage(workspace))
    , m_operations(new OperationsPage(workspace))
    , m_forecast(new ForecastPage(workspace))
    , m_audit(new AuditPage(workspace))
    , m_recurring(new RecurringPage)
    , m_status(new StatusStrip(clock, workspace.zone, workspace.rights))
    , m_leaveKiosk(new QShortcut(Qt::Key_Escape, this))
{
    setWindowTitle(QStringLiteral("Punctual"));
    setWindowIcon(applicationIcon());
    makePages();
    makeMenus();
    statusBar()->addPermanentWidget(m_status);
    statusBar()->setSizeGripEnabled(false);
    // Else the window may be narrower than what stands there, and cuts it off.
    statusBar()->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* monitor = new StatusMonitor(workspace, clock, this);
    connect(monitor, &StatusMonitor::updated, m_status, &StatusStrip::showStatus);
    connect(monitor, &StatusMonitor::waiting, m_status, &StatusStrip::showWaiting);
    connect(monitor, &StatusMonitor::lost, m_status, &StatusStrip::showLost);
    auto* alarms = new Alarms(workspace, this);
    connect(monitor, &StatusMonitor::updated, alarms, &Alarms::takeStatus);
    connect(alarms, &Alarms::raised, this, &MainWindow::alarmRaised);
    connect(alarms, &Alarms::raised, this, [this](Alarms::Kind, const QString& title, const QString& text) {
        statusBar()->showMessage(title + QStringLiteral(". ") + text, 15'000); // also where there is no tray
    });
    connect(monitor, &StatusMonitor::updated, this, &MainWindow::statusUpdated);
    connect(m_compose, &ComposePage::showRequested, this, &MainWindow::showMessage);
    connect(m_dashboard, &DashboardPage::messagesRequested, this, &MainWindow::showMessagesThat);
    connect(m_dashboard, &DashboardPage::fullScreenRequested, this, &MainWindow::showKiosk);
    connect(m_destinations, &DestinationsPage::messagesRequested, this, &MainWindow::showMessagesThat);
    connect(m_deadLetters, &DeadLettersPage::messagesRequested, this, &MainWindow::showMessagesThat);
    connect(m_forecast, &ForecastPage::messagesRequested, this, &MainWindow::showMessagesThat);
    connect(m_nodes, &NodesPage::messageRequested, this, &MainWindow::showMessage);
    connect(m_leaveKiosk, &QShortcut::activated, this, &MainWindow::leaveKiosk);
    m_leaveKiosk->setEnabled(false);
    showMessages();
    restore();
}

void MainWindow::makePages()
{
    m_navigation->setAccessibleName(tr("Pages"));
    m_navigation->setFrameShape(QFrame::NoFrame);
    m_navigation->setIconSize(QSize(20, 20));
    m_navigation->setSpacing(1);
    addPage(m_messages, tr("Messages"), QStringLiteral("messages"));
    addPage(m_compose, tr("Compose"), QStringLiteral("compose"));
    addPage(m_dashboard, tr("Dashboard"), QStringLiteral("dashboard"));
    addPage(m_destinations, tr("Destinations"), QStringLiteral("destinations"));
    addPage(m_nodes, tr("Nodes and health"), QStringLiteral("nodes"));
    addPage(m_deadLetters, tr("Dead letters"), QStringLiteral("dead-letters"));
    addPage(m_operations, tr("Operations"), QStringLiteral("operations"));
    addPage(m_forecast, tr("Forecast"), QStringLiteral("forecast"));
    addPage(m_audit, tr("Audit"), QStringLiteral("audit"));
    addPage(m_recurring, tr("Recurring"), QStringLiteral("recurring"));
    m_navigation->setFixedWidth(m_navigation->sizeHintForColumn(0) + 24);
    connect(m_navigation, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_notice->setAccessibleName(tr("Notice"));
    m_notice->setContentsMargins(10, 8, 10, 0);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_pages, 1);
    auto* both = new QWidget;
    auto* layout = new QHBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addLayout(column, 1);
    setCentralWidget(both);
    connect(&m_workspace.rights, &Rights::changed, this, &MainWindow::showNotice);
    showNotice();
}

void MainWindow::showNotice()
{
    m_notice->setText(m_workspace.rights.notice());
    m_notice->setVisible(!m_notice->text().isEmpty());
}

void MainWindow::addPage(QWidget* page, const QString& name, const QString& icon)
{
    m_pages->addWidget(page);
    m_navigation->addItem(new QListWidgetItem(lineIcon(icon), name));
}

void MainWindow::makeMenus()
{
    m_file = menuBar()->addMenu(tr("&File"));
    auto* file = m_file;
    file->addAction(makeAction(tr("&New message"), QStringLiteral("compose"), QKeySequence::New,
                               &MainWindow::showCompose));
    file->addActions(m_compose->commands());
    file->addSeparator();
    m_preferences = new PreferencesAction(m_settings, this);
    file->addAction(m_preferences);
    file->addSeparator();
    auto* quit = makeAction(tr("&Quit"), QStringLiteral("quit"), Qt::CTRL | Qt::Key_Q, &MainWindow::quit);
    quit->setMenuRole(QAction::QuitRole);
    file->addAction(quit);

    auto* message = menuBar()->addMenu(tr("&Message"));
    message->addAction(m_messages->undoAction());
    message->addSeparator();
    message->addActions(m_messages->actionSet().all());
    message->addSeparator();
    message->addActions(m_messages->actionsOfAll());
    message->addSeparator();
    auto* columns = message->addMenu(lineIcon(QStringLiteral("columns")), tr("C&olumns"));
    columns->addActions(m_messages->columnActions());

    auto* deadLetters = menuBar()->addMenu(tr("Dead &letters"));
    deadLetters->addActions(m_deadLetters->actionsOfDeadLetters());

    auto* destination = menuBar()->addMenu(tr("&Destination"));
    destination->addActions(m_destinations->actionsOfDestination());

    auto* dashboard = menuBar()->addMenu(tr("D&ashboard"));
    dashboard->addActions(m_dashboard->commands());

    auto* view = menuBar()->addMenu(tr("&View"));
    view->addAction(makeAction(tr("&Messages"), QStringLiteral("messages"), Qt::CTRL | Qt::Key_1,
                               &MainWindow::showMessages));
    view->addAction(makeAction(tr("&Compose"), QStringLiteral("compose"), Qt::CTRL | Qt::Key_2,
                               &MainWindow::showCompose));
    view->addAction(makeAction(tr("&Dashboard"), QStringLiteral("dashboard"), Qt::CTRL | Qt::Key_3,
                               &MainWindow::showDashboard));
    view->addAction(makeAction(tr("Des&tinations"), QStringLiteral("destinations"), Qt::CTRL | Qt::Key_4,
                               &MainWindow::showDestinations));
    view->addAction(makeAction(tr("&Nodes and health"), QStringLiteral("nodes"), Qt::CTRL | Qt::Key_5,
                               &MainWindow::showNodes));
    view->addAction(makeAction(tr("Dead &letters"), QStringLiteral("dead-letters"), Qt::CTRL | Qt::Key_6,
                               &MainWindow::showDeadLetters));
    view->addAction(makeAction(tr("O&perations"), QStringLiteral("operations"), Qt::CTRL | Qt::Key_7,
                               &MainWindow::showOperations));
    view->addAction(makeAction(tr("F&orecast"), QStringLiteral("forecast"), Qt::CTRL | Qt::Key_8,
                               &MainWindow::showForecast));
    view->addAction(
        makeAction(tr("&Audit"), QStringLiteral("audit"), Qt::CTRL | Qt::Key_9, &MainWindow::showAudit));
    view->addAction(makeAction(tr("Rec&urring"), QStringLiteral("recurring"), Qt::CTRL | Qt::Key_0,
                               &MainWindow::showRecurring));
    view->addSeparator();
    view->addAction(
        makeAction(tr("&Search"), QStringLiteral("search"), QKeySequence::Find, &MainWindow::search));
    auto* again =
        makeAction(tr("&Refresh"), QStringLiteral("refresh"), QKeySequence::Refresh, &MainWindow::refresh);
    auto* kiosk = makeAction(tr("Dashboard on the &full screen"), QStringLiteral("fullscreen"), Qt::Key_F11,
                             &MainWindow::showKiosk);
    view->addActions({again, kiosk});
    addActions({quit, again, kiosk}); // their keys work without the menus, too

    menuBar()->addMenu(new HelpMenu(*this));
}

QAction* MainWindow::makeAction(const QString& text, const QString& icon, const QKeySequence& shortcut,
                                void (MainWindow::*slot)())
{
    auto* action = new QAction(lineIcon(icon), text, this);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void MainWindow::addCommand(QAction& command)
{
    m_file->insertAction(m_preferences, &command);
}

void MainWindow::showMessages()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_messages));
}

void MainWindow::showCompose()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_compose));
    m_compose->begin();
}

void MainWindow::showDashboard()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_dashboard));
}

void MainWindow::showDestinations()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_destinations));
}

void MainWindow::showNodes()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_nodes));
}

void MainWindow::showDeadLetters()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_deadLetters));
}

void MainWindow::showOperations()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_operations));
}

void MainWindow::showForecast()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_forecast));
}

void MainWindow::showAudit()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_audit));
}

void MainWindow::showRecurring()
{
    m_navigation->setCurrentRow(m_pages->indexOf(m_recurring));
}

void MainWindow::showKiosk()
{
    if (m_isKiosk)
        return leaveKiosk();
    m_placeBeforeKiosk = saveGeometry();
    showDashboard();
    setKiosk(true);
    showFullScreen();
}

void MainWindow::leaveKiosk()
{
    if (!m_isKiosk)
        return;
    setKiosk(false);
    setWindowState(windowState() & ~Qt::WindowFullScreen);
}

void MainWindow::setKiosk(bool kiosk)
{
    m_isKiosk = kiosk;
    m_leaveKiosk->setEnabled(kiosk);
    menuBar()->setVisible(!kiosk);
    m_navigation->setVisible(!kiosk);
    statusBar()->setVisible(!kiosk);
    m_dashboard->setKiosk(kiosk);
}

void MainWindow::expectNode()
{
    m_status->setNode(StatusStrip::Node::Starting);
}

void MainWindow::setNodeReady(bool ready)
{
    m_nodeWasReady = m_nodeWasReady || ready;
    m_status->setNode(ready            ? StatusStrip::Node::Ready
                      : m_nodeWasReady ? StatusStrip::Node::Lost
                                       : StatusStrip::Node::Starting);
}

void MainWindow::showApiProblem(const QString& detail)
{
    statusBar()->showMessage(tr("The REST API is off. %1").arg(detail));
}

void MainWindow::openAlarm(Alarms::Kind kind)
{
    leaveKiosk();
    switch (kind) {
    case Alarms::Kind::DeadLetters:
        return showDeadLetters();
    case Alarms::Kind::Quota:
        return showDestinations();
    case Alarms::Kind::Connection:
    case Alarms::Kind::Reconnection:
        return showNodes();
    }
}

void MainWindow::showStopping()
{
    m_status->setNode(StatusStrip::Node::Stopping);
    m_pages->setEnabled(false);
    statusBar()->showMessage(tr("Waiting for requests that are under way. Close again to cut them."));
}

void MainWindow::showMessage(const QUuid& id)
{
    showMessages();
    m_messages->showMessage(id);
}

void MainWindow::showMessagesThat(const MessageFilter& filter)
{
    leaveKiosk();
    showMessages();
    m_messages->showMessages(filter);
}

void MainWindow::refresh()
{
    m_messages->refresh(); // those that are not visible do nothing
    m_dashboard->refresh();
    m_destinations->refresh();
    m_nodes->refresh();
    m_deadLetters->refresh();
    m_operations->refresh();
    m_forecast->refresh();
    m_audit->refresh();
}

void MainWindow::search()
{
    showMessages();
    m_messages->focusSearch();
}

void MainWindow::restore()
{
    resize(1180, 740);
    restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    setWindowState(windowState() & ~Qt::WindowFullScreen); // the next start is asked for what it shows
    m_navigation->setCurrentRow(
        qBound(0, m_settings.value(QStringLiteral("window/page")).toInt(), m_navigation->count() - 1));
    m_messages->restoreLayout(m_settings.value(QStringLiteral("messages/layout")).toByteArray());
    m_messages->restoreViews(m_settings.value(QStringLiteral("messages/views")).toString());
    m_dashboard->restoreSettings(m_settings.value(QStringLiteral("dashboard/settings")).toString());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->ignore(); // the program ends the window when everything is finished
    save();
    Q_EMIT closeRequested();
}

void MainWindow::quit()
{
    save();
    Q_EMIT quitRequested();
}

void MainWindow::save()
{
    m_settings.setValue(QStringLiteral("window/geometry"), m_isKiosk ? m_placeBeforeKiosk : saveGeometry());
    m_settings.setValue(QStringLiteral("window/page"), m_navigation->currentRow());
    m_settings.setValue(QStringLiteral("messages/layout"), m_messages->saveLayout());
    m_settings.setValue(QStringLiteral("messages/views"), m_messages->saveViews());
    m_settings.setValue(QStringLiteral("dashboard/settings"), m_dashboard->saveSettings());
}

} // namespace punctual::ui
