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
    auto ofServer = std::make_shared<bool>(false);
    auto manual = app.addCommand("manual", Words::tr("Print the page of the manual for man"));
    manual.flag("--server", *ofServer, Words::tr("Print the page of punctuald"));
    manual.whenGiven([&app, &chosen, ofServer] {
        chosen = [&app, ofServer](const app::CommandLine&, bool) {
            app::CommandLine unused;
            write(*ofServer ? manualPage(app::serverProgram(unused), 8) : manualPage(app, 1));
            return ExitCode::Done;
        };
    });
}

} // namespace punctual::ctl
