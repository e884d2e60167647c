// SPDX-License-Identifier: GPL-3.0-or-later
// The options by which commands choose messages.
#pragma once

#include "core/message_list.h"

#include <CLI/CLI.hpp>

namespace punctual::ctl
{

/// `filter` has to outlive the parsing; it is filled in there, or CLI::ValidationError is thrown.
void addMessageFilter(CLI::App& command, MessageFilter& filter);

} // namespace punctual::ctl
