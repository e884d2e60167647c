// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/manual.h"
#include "app/ctl/output.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ManualCommand)
};

} // namespace

void addManualCommands(CommandParser& app, OfflineCommand& chosen)
{
    app.addCommand("completion", Words::tr("Print what completes commands and options in bash"))
        .whenGiven([&app, &chosen] {
            chosen = [&app](const app::CommandLine&, bool) {
                write(bashCompletion(app));
                return ExitCode::Done;
            };
        });
    app.addCommand("manual", Words::tr("Print the page of the manual for man")).whenGiven([&app, &chosen] {
        chosen = [&app](const app::CommandLine&, bool) {
            write(manualPage(app));
            return ExitCode::Done;
        };
    });
}

} // namespace punctual::ctl
