// SPDX-License-Identifier: GPL-3.0-or-later
// A node and the REST API without a window, until SIGTERM or SIGINT.
#pragma once

#include "app/common/settings.h"

namespace punctual::app
{

/// Opens the installation, delivers and listens; gives the exit code (exit_code.h). Prints one line to
/// standard output once it listens, and at most one sentence to standard error when it cannot. A stop
/// lets requests in flight finish; a second signal ends the process at once.
[[nodiscard]] int runHeadless(QCoreApplication& application, const Settings& settings);

} // namespace punctual::app
