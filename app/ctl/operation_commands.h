// SPDX-License-Identifier: GPL-3.0-or-later
// Sub-commands of `operation`.
#pragma once

#include "app/ctl/command.h"

namespace punctual::ctl
{

void addOperationStart(CLI::App& parent, Command& chosen);

void addOperationItems(CLI::App& parent, Command& chosen);

} // namespace punctual::ctl
