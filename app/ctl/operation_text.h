// SPDX-License-Identifier: GPL-3.0-or-later
// Operations for a person at a terminal, and their ids as arguments.
#pragma once

#include "app/ctl/command.h"
#include "core/operation.h"

namespace punctual::ctl
{

[[nodiscard]] QString describe(const Operation& operation);
/// "990 cancelled, 10 delivered".
[[nodiscard]] QString verdictText(const Operation& operation);

/// A required argument that is one id. `id` has to outlive the parsing.
void addOperationId(CommandParser& command, QUuid& id);

/// Prints what became of asking for an operation. With `wait` it is followed to its end first, and the exit
/// code tells whether it got through.
[[nodiscard]] ExitCode report(const Context& context, const Result<Operation>& operation, bool wait);

} // namespace punctual::ctl
