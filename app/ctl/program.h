// SPDX-License-Identifier: GPL-3.0-or-later
// The command line program from its arguments to its exit code (exit_code.h).
#pragma once

namespace punctual::ctl
{

/// Needs a QCoreApplication, and blocks in event loops of its own until the answer is there. Wrong
/// arguments end it before a database is opened.
[[nodiscard]] int run(int argc, const char* const* argv);

} // namespace punctual::ctl
