// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "app/common/open_installation.h"
#include "app/common/wiring.h"
#include "ui/common/icon.h"
#include "ui/settings/connection_dialog.h"
#include "ui/settings/preferences_action.h"
#include "ui/tray/closing.h"

#include <QTimeZone>

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

namespace punctual::app
{

namespace
{

/// One call each for the list, the facts of a message, what a person does, and the status.
constexpr int connections = 3;

QString userName()
{
    const passwd* entry =
        ::getpwuid(::geteuid()); // NOLINT(concurrency-mt-unsafe): called once, by one thread
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::geteuid());
}

QTimeZone localZone()
{
    const QTimeZone zone = QTimeZone::systemTimeZone();
    return zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace

/// The answer of the opening thread, which is handed over once it has ended.
struct Desktop::Opened
{
    Result<client::Installation> installation = failure(ErrorCode::Internal, {});
};

Desktop::Desktop(Settings settings, const Opening& opening)
    : m_settings(std::move(settings))
    , m_opening(opening)
    , m_windowState(m_settings.dataDir + QStringLiteral("/window.ini"), QSettings::IniFormat)
{
    connect(&m_startWindow, &ui::StartWindow::retryRequested, this, &Desktop::open);
    connect(&m_startWindow, &ui::StartWindow::closed, this, &Desktop::stop);
    connect(&m_startWindow, &ui::StartWindow::connectionRequested, this,
            [this] { chooseConnection(&m_startWindow); });
}

Desktop::~Desktop()
{
    m_startWindow.hide(); // what follows may take a moment
    if (m_window)
        m_window->hide();
    m_tray.reset();
    if (m_opener)
        m_opener->wait();
}

void Desktop::start()
{
    m_startWindow.show();
    open();
}

/// A configured database goes before the profile that the person chose.
void Desktop::open()
{
    m_startWindow.showStarting();
    const QString chosen = m_settings.databaseUrl.isEmpty() ? ui::chosenProfile(m_windowState) : QString();
    const auto profiles = ui::readProfiles(m_windowState);
    const auto profile =
        std::find_if(profiles.begin(), profiles.end(),
                     [&chosen](const ui::ServerProfile& each) { return each.name == chosen; });
    if (chosen.isEmpty() || profile == profiles.end()) {
        openWith(m_settings);
        return;
    }
    m_opening.attachOnly = m_opening.attachOnly || profile->attachOnly;
    m_keyring.read(chosen, this, [this, profile = *profile](const Result<QString>& password) {
        // A server may want a certificate instead of a password.
        if (!password && password.error().code != ErrorCode::NotFound) {
            m_startWindow.showError(password.error());
            return;
        }
        Settings settings = m_settings;
        settings.databaseUrl = ui::connectionString(profile, password.value_or(QString()));
        openWith(settings);
    });
}

void Desktop::openWith(const Settings& settings)
{
    const auto opened = std::make_shared<Opened>();
    m_opener.reset(QThread::create([opened, settings, attachOnly = m_opening.attachOnly] {
        opened->installation = attachOnly ? openInstallation(settings) : openForNode(settings);
    }));
    connect(m_opener.get(), &QThread::finished, this, [this, opened] { take(*opened); });
    m_opener->start();
}

void Desktop::chooseConnection(QWidget* parent)
{
    auto* dialog = new ui::ConnectionDialog(m_windowState, m_keyring, m_dialogs, parent);
    if (!m_settings.databaseUrl.isEmpty())
        dialog->setRuledByConfiguration();
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ui::ConnectionDialog::connectRequested, this, &Desktop::restart);
    dialog->open();
}

void Desktop::restart()
{
    if (!m_window) {
        m_restarts = true;
        stop();
        return;
    }
    leave(false, true);
}

void Desktop::take(Opened& opened)
{
    if (m_stopping)
        return;
    if (!opened.installation) {
        m_startWindow.showError(opened.installation.error());
        return;
    }
    m_installation.emplace(std::move(*opened.installation));
    openWindow();
    if (!m_opening.attachOnly)
        startEngine();
}

void Desktop::openWindow()
{
    m_client = std::make_unique<client::Client>(m_installation->address(), connections);
    m_rights = std::make_unique<ui::Rights>(*m_client);
    m_workspace.emplace(ui::Workspace{*m_client,
                                      m_clock,
                                      m_dialogs,
                                      {.name = userName(), .origin = QStringLiteral("window")},
                                      localZone(),
                                      *m_rights});
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, m_clock, m_windowState);
    connect(m_window.get(), &ui::MainWindow::closeRequested, this, [this] { leave(true); });
    connect(m_window.get(), &ui::MainWindow::quitRequested, this, [this] { leave(false); });
    connect(m_window.get(), &ui::MainWindow::statusUpdated, this,
            [this](const SystemStatus& status) { m_status = status; });
    auto* connection = new QAction(ui::lineIcon(QStringLiteral("nodes")), tr("&Connection…"), m_window.get());
    connect(connection, &QAction::triggered, this, [this] { chooseConnection(m_window.get()); });
    m_window->addCommand(*connection);
    openTray();
    if (m_opening.dashboard)
        m_window->showDashboard();
    if (m_opening.fullScreen)
        m_window->showKiosk();
    else
        m_window->show();
    m_startWindow.hide();
}

void Desktop::openTray()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_tray = std::make_unique<ui::Tray>();
    connect(m_tray.get(), &ui::Tray::windowRequested, this, &Desktop::showWindow);
    connect(m_tray.get(), &ui::Tray::alarmOpened, m_window.get(), &ui::MainWindow::openAlarm);
    connect(m_tray.get(), &ui::Tray::quitRequested, this, [this] { leave(false); });
    connect(m_window.get(), &ui::MainWindow::alarmRaised, m_tray.get(),
            [this](ui::Alarms::Kind kind, const QString& title, const QString& text) {
                if (m_window->preferences().preferences().notifies)
                    m_tray->takeAlarm(kind, title, text);
            });
    connect(m_window.get(), &ui::MainWindow::statusUpdated, m_tray.get(),
            [this](const SystemStatus& status) { m_tray->setBacklog(status.backlog()); });
}

void Desktop::showWindow()
{
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

/// Whoever ends the only engine while messages wait is told what that means.
void Desktop::leave(bool byWindow, bool restarts)
{
    m_restarts = false; // not before it is agreed to: a signal may end the program instead
    const ui::ClosingFacts facts{
        .byWindow = byWindow,
        .hasNode = m_engine != nullptr,
        .hasTray = m_tray && m_tray->isThere() && m_window->preferences().preferences().closesToTray,
        .othersDeliver = m_status && m_status->liveNodes() > 1,
        .backlog = m_status ? std::optional(m_status->backlog()) : std::nullopt,
    };
    const int waiting =
        static_cast<int>(std::min<qint64>(facts.backlog.value_or(0), std::numeric_limits<int>::max()));
    switch (m_stopping ? ui::Closing::Quit : ui::closingOf(facts)) {
    case ui::Closing::Quit:
        m_restarts = restarts;
        stop();
        return;
    case ui::Closing::HideToTray:
        m_window->hide();
        m_tray->tell(
            tr("Punctual keeps running"),
            facts.backlog
                ? tr("%n message(s) wait, and this computer delivers them. Quit in the menu of this icon.",
                     nullptr, waiting)
                : tr("Messages may wait, and this computer delivers them. Quit in the menu of this icon."),
            QSystemTrayIcon::Information);
        return;
    case ui::Closing::AskFirst:
        showWindow();
        m_dialogs.ask(
            m_window.get(),
            {tr("Quit Punctual"),
             facts.backlog
                 ? tr("%n message(s) wait, and this computer is the only engine. What becomes due while "
                      "Punctual does not run leaves late, or expires.",
                      nullptr, waiting)
                 : tr("It is not known yet whether messages wait, and this computer is the only engine. "
                      "What becomes due while Punctual does not run leaves late, or expires."),
             tr("Quit"), tr("Keep running")},
            [this, restarts] {
                m_restarts = restarts;
                stop();
            });
        return;
    }
}

void Desktop::startEngine()
{
    m_engine = std::make_unique<Engine>(*m_installation, m_settings);
    connect(m_engine.get(), &Engine::readyChanged, m_window.get(), &ui::MainWindow::setNodeReady);
    connect(m_engine.get(), &Engine::stopped, this, [] { QCoreApplication::quit(); });
    connect(m_engine.get(), &Engine::apiFailed, m_window.get(), &ui::MainWindow::showApiProblem);
    m_window->expectNode();
    m_engine->start();
}

void Desktop::stop()
{
    if (m_window)
        m_window->save(); // nobody closes it before a signal
    if (m_stopping || !m_engine) {
        m_stopping = true;
        QCoreApplication::quit();
        return;
    }
    m_stopping = true;
    m_window->showStopping();
    m_engine->stop();
}

} // namespace punctual::app
