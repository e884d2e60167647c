// SPDX-License-Identifier: GPL-3.0-or-later
// punctual: the desktop program; without a window it does what punctuald does.
#include "app/common/command_line.h"
#include "app/common/exit_code.h"
#include "app/common/headless.h"
#include "app/common/logging.h"
#include "app/common/translators.h"
#include "app/common/unix_signals.h"
#include "app/desktop/desktop.h"
#include "ui/common/icon.h"
#include "ui/common/theme.h"
#include "ui/settings/preferences.h"

#include <QApplication>
#include <QProcess>

#include <cstdio>

namespace
{

using namespace punctual;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Desktop)
};

int runDesktop(int argc, char** argv, const app::Settings& settings, const app::Desktop::Opening& opening)
{
    QApplication application(argc, argv);
    const auto preferences = ui::readPreferences(
        QSettings(settings.dataDir + QStringLiteral("/window.ini"), QSettings::IniFormat));
    if (!preferences.language.isEmpty())
        QLocale::setDefault(QLocale(preferences.language));
    app::installTranslators(application);
    ui::applyTheme(application, preferences.theme);
    QApplication::setApplicationName(QStringLiteral("punctual"));
    QApplication::setApplicationDisplayName(QStringLiteral("Punctual"));
    QApplication::setDesktopFileName(QStringLiteral("punctual"));
    QApplication::setWindowIcon(ui::applicationIcon());
    QApplication::setQuitOnLastWindowClosed(false);
    int ended = 0;
    bool restarts = false;
    {
        app::Desktop desktop(settings, opening);
        const app::UnixSignals signalsOfSystem;
        QObject::connect(&signalsOfSystem, &app::UnixSignals::stopRequested, &desktop, &app::Desktop::stop);
        desktop.start();
        ended = QApplication::exec();
        restarts = desktop.restarts();
    }
    if (restarts) // now that nothing of this one is left
        QProcess::startDetached(QApplication::applicationFilePath(), QApplication::arguments().mid(1));
    return ended;
}

int runWithoutWindow(int argc, char** argv, const app::Settings& settings)
{
    QCoreApplication application(argc, argv);
    app::installTranslators(application);
    return app::runHeadless(application, settings);
}

} // namespace

int main(int argc, char** argv)
{
    app::CommandLine commandLine;
    bool headless = false;
    app::Desktop::Opening opening;
    {
        // Words of help and of mistakes are translated too, before it is known which application it will be.
        QCoreApplication application(argc, argv);
        app::installTranslators(application);
        app::CommandParser program("punctual", Words::tr("Delivers messages at their exact time"));
        app::addCommonOptions(program, commandLine);
        const auto alone = program.flag("--headless", headless, Words::tr("Without a window, as punctuald"));
        program.flag("--attach", opening.attachOnly, Words::tr("Only a window: nodes elsewhere deliver"))
            .excludes(alone);
        const auto dashboard =
            program.flag("--dashboard", opening.dashboard, Words::tr("Opens the dashboard")).excludes(alone);
        program
            .flag("--fullscreen", opening.fullScreen,
                  Words::tr("The dashboard alone on the whole screen; Esc leaves it"))
            .needs(dashboard);
        if (const auto ending = program.parse(argc, argv))
            return *ending;
    }
    const auto settings = app::readSettings(commandLine);
    if (!settings) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(settings.error().detail));
        return static_cast<int>(app::exitCodeOf(settings.error().code));
    }
    app::installLogging(settings->logLevel, settings->logFormat);
    return headless ? runWithoutWindow(argc, argv, *settings) : runDesktop(argc, argv, *settings, opening);
}
