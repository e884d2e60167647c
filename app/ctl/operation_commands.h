// SPDX-License-Identifier: GPL-3.0-or-later
// Sub-commands of `operation`.
#pragma once

#include "app/ctl/command.h"

namespace punctual::ctl
{

void addOperationStart(CommandParser& parent, Command& chosen);

void addOperationItems(CommandParser& parent, Command& chosen);

} // namespace punctual::ctl
