// SPDX-License-Identifier: GPL-3.0-or-later
// punctuald: a node and the REST API, no window.
#include "app/common/command_line.h"
#include "app/common/exit_code.h"
#include "app/common/headless.h"
#include "app/common/logging.h"
#include "app/common/translators.h"

#include <cstdio>

int main(int argc, char* argv[])
{
    using namespace punctual::app;
    QCoreApplication application(argc, argv);
    installTranslators(application);
    CommandLine commandLine;
    if (const auto ending = serverProgram(commandLine).parse(argc, argv))
        return *ending;
    const auto settings = readSettings(commandLine);
    if (!settings) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(settings.error().detail));
        return static_cast<int>(exitCodeOf(settings.error().code));
    }
    installLogging(settings->logLevel, settings->logFormat);
    return runHeadless(application, *settings);
}
