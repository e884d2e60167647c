// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program from its first window to its end: opens the installation on another thread, shows the
// window, runs the engine unless it only attaches, and closes when the engine has finished.
//
// Lives in the GUI thread, which never waits while a window is on screen.
#pragma once

#include "app/desktop/engine.h"
#include "app/desktop/keyring.h"
#include "client/installation.h"
#include "ui/common/dialogs.h"
#include "ui/common/rights.h"
#include "ui/main_window.h"
#include "ui/start/start_window.h"
#include "ui/tray/tray.h"

#include <QSettings>
#include <QThread>

namespace punctual::app
{

class Desktop : public QObject
{
    Q_OBJECT

public:
    /// What the window begins with.
    struct Opening
    {
        bool attachOnly = false; // this program delivers nothing, other nodes do
        bool dashboard = false;
        bool fullScreen = false; // the dashboard alone
    };

    Desktop(Settings settings, const Opening& opening);
    ~Desktop() override;

    void start();
    /// The person chose another server: when the event loop has ended, the program is to be started anew.
    [[nodiscard]] bool restarts() const { return m_restarts; }
    /// Finishes what is under way, then ends the event loop; called again, at once.
    void stop();

private:
    struct Opened;

    void open();
    void openWith(const Settings& settings);
    void chooseConnection(QWidget* parent);
    void restart();
    void take(Opened& opened);
    void openWindow();
    void startEngine();
    void openTray();
    void showWindow();
    /// `restarts`: to begin anew at once.
    void leave(bool byWindow, bool restarts = false);

    Settings m_settings;
    Opening m_opening;
    QSettings m_windowState;
    ui::DatabaseClock m_clock;
    ui::MessageBoxDialogs m_dialogs;
    ui::StartWindow m_startWindow;
    Keyring m_keyring;
    std::unique_ptr<QThread> m_opener;
    // In the order in which they need each other.
    std::optional<client::Installation> m_installation;
    std::unique_ptr<client::Client> m_client;
    std::unique_ptr<ui::Rights> m_rights;
    std::optional<ui::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::Tray> m_tray;     // while the desktop has one
    std::optional<SystemStatus> m_status; // of the database, once it has answered
    bool m_stopping = false;
    bool m_restarts = false;
};

} // namespace punctual::app
