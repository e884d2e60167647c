// SPDX-License-Identifier: GPL-3.0-or-later
// The window of Punctual: wires pages, actions and the status bar, and nothing more. GUI thread.
#pragma once

#include "ui/common/database_clock.h"
#include "ui/common/workspace.h"
#include "ui/status/alarms.h"
#include "ui/status/status_strip.h"

#include <QMainWindow>

class QListWidget;
class QMenu;
class QSettings;
class QShortcut;
class QStackedWidget;

namespace punctual::ui
{

class AuditPage;
class ComposePage;
class DashboardPage;
class DeadLettersPage;
class DestinationsPage;
class ForecastPage;
class MessagesPage;
class NodesPage;
class OperationsPage;
class PreferencesAction;
class RecurringPage;
class ToneLabel;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `workspace`, its clock and `settings` (sizes and places only) outlive the window.
    MainWindow(const Workspace& workspace, DatabaseClock& clock, QSettings& settings,
               QWidget* parent = nullptr);

    void showMessages();
    void showCompose();
    void showDashboard();
    void showDestinations();
    void showNodes();
    void showDeadLetters();
    void showOperations();
    void showForecast();
    void showAudit();
    void showRecurring();
    /// For a screen on the wall: the dashboard alone, on all of the screen. Esc leaves it.
    void showKiosk();
    /// There is an engine in this program; it has not said yet that it is ready.
    void expectNode();
    /// One more of the program's in the menu of files. It belongs to the window.
    void addCommand(QAction& command);
    /// What the person prefers, as it changes.
    [[nodiscard]] PreferencesAction& preferences() { return *m_preferences; }
    /// The engine is finishing; the window stays until the program ends.
    void showStopping();
    /// Puts sizes, places and the views that the person keeps into the settings.
    void save();

public Q_SLOTS:
    void setNodeReady(bool ready);
    /// Programs cannot reach this one; `detail` is a sentence that says why.
    void showApiProblem(const QString& detail);
    /// The page where something can be done about it.
    void openAlarm(punctual::ui::Alarms::Kind kind);

Q_SIGNALS:
    /// The person closed the window, which stays until the program ends or hides it.
    void closeRequested();
    /// The person wants to end the program. A second time: at once.
    void quitRequested();
    /// What one wants to know of even while the window is out of sight.
    void alarmRaised(punctual::ui::Alarms::Kind kind, const QString& title, const QString& text);
    void statusUpdated(const punctual::SystemStatus& status);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makePages();
    void showNotice();
    void addPage(QWidget* page, const QString& name, const QString& icon);
    void makeMenus();
    QAction* makeAction(const QString& text, const QString& icon, const QKeySequence& shortcut,
                        void (MainWindow::*slot)());
    void quit();
    void showMessage(const QUuid& id);
    void showMessagesThat(const MessageFilter& filter);
    void leaveKiosk();
    void setKiosk(bool kiosk);
    void refresh();
    void search();
    void restore();

    const Workspace& m_workspace;
    QSettings& m_settings;
    QListWidget* m_navigation;
    ToneLabel* m_notice; // what holds for all pages
    QStackedWidget* m_pages;
    MessagesPage* m_messages;
    ComposePage* m_compose;
    DashboardPage* m_dashboard;
    DestinationsPage* m_destinations;
    NodesPage* m_nodes;
    DeadLettersPage* m_deadLetters;
    OperationsPage* m_operations;
    ForecastPage* m_forecast;
    AuditPage* m_audit;
    RecurringPage* m_recurring;
    StatusStrip* m_status;
    PreferencesAction* m_preferences = nullptr;
    QMenu* m_file = nullptr;
    QShortcut* m_leaveKiosk;
    bool m_nodeWasReady = false;
    bool m_isKiosk = false;
    QByteArray m_placeBeforeKiosk; // as saveGeometry() gives it
};

} // namespace punctual::ui
