// SPDX-License-Identifier: GPL-3.0-or-later
// The options by which commands choose messages.
#pragma once

#include "app/common/command_parser.h"
#include "core/message_list.h"

namespace punctual::ctl
{

/// `filter` has to outlive the parsing; it is filled in there.
void addMessageFilter(app::CommandParser& command, MessageFilter& filter);

} // namespace punctual::ctl
