// SPDX-License-Identifier: GPL-3.0-or-later
// Message ids as arguments.
#pragma once

#include "app/common/command_parser.h"
#include "core/message.h"

#include <vector>

namespace punctual::ctl
{

/// A required argument that is one id. `id` has to outlive the parsing, here and below.
void addMessageId(app::CommandParser& command, MessageId& id);

/// The same with one or more of them.
void addMessageIds(app::CommandParser& command, std::vector<MessageId>& ids);

} // namespace punctual::ctl
