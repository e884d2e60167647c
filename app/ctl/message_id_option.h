// SPDX-License-Identifier: GPL-3.0-or-later
// Message ids as arguments.
#pragma once

#include "core/message.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace punctual::ctl
{

/// A required argument that is one id. `id` has to outlive the parsing, here and below.
CLI::Option* addMessageId(CLI::App& command, MessageId& id);

/// The same with one or more of them.
CLI::Option* addMessageIds(CLI::App& command, std::vector<MessageId>& ids);

} // namespace punctual::ctl
