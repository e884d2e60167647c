// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl: the command line for people and scripts.
#include "app/common/translators.h"
#include "app/ctl/program.h"

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    punctual::app::installTranslators(application);
    return punctual::ctl::run(argc, argv);
}
