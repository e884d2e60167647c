// SPDX-License-Identifier: GPL-3.0-or-later
// Words errors for a person at a terminal.
#pragma once

#include "app/common/exit_code.h"

namespace punctual::ctl
{

/// The argument that a field of a request comes from: "/messages/0/expires_after_ms" and
/// "/expires_after_ms" are --expires-after.
[[nodiscard]] QString argumentOf(const QString& pointer);

/// A sentence, and a line for each wrong field. Ends without a line feed.
[[nodiscard]] QString describe(const Error& error);

/// Refuses arguments whose fields are wrong, with this sentence and a line for each of them.
void refuseIfWrong(const std::vector<FieldError>& errors, const QString& sentence);

/// Writes it to standard error.
void printError(const Error& error);

/// Writes it and gives the exit code: how a command ends that did not get its answer.
[[nodiscard]] app::ExitCode failed(const Error& error);

} // namespace punctual::ctl
