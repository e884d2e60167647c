// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "app/common/open_installation.h"
#include "app/common/wiring.h"

#include <QTimeZone>

#include <pwd.h>
#include <unistd.h>

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
}

Desktop::~Desktop()
{
    m_startWindow.hide(); // what follows may take a moment
    if (m_window)
        m_window->hide();
    if (m_opener)
        m_opener->wait();
}

void Desktop::start()
{
    m_startWindow.show();
    open();
}

void Desktop::open()
{
    m_startWindow.showStarting();
    const auto opened = std::make_shared<Opened>();
    m_opener.reset(QThread::create([opened, settings = m_settings, attachOnly = m_opening.attachOnly] {
        opened->installation = attachOnly ? openInstallation(settings) : openForNode(settings);
    }));
    connect(m_opener.get(), &QThread::finished, this, [this, opened] { take(*opened); });
    m_opener->start();
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
    m_workspace.emplace(ui::Workspace{*m_client,
                                      m_clock,
                                      m_dialogs,
                                      {.name = userName(), .origin = QStringLiteral("window")},
                                      localZone()});
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, m_clock, m_windowState);
    connect(m_window.get(), &ui::MainWindow::closeRequested, this, &Desktop::stop);
    if (m_opening.dashboard)
        m_window->showDashboard();
    if (m_opening.fullScreen)
        m_window->showKiosk();
    else
        m_window->show();
    m_startWindow.hide();
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
