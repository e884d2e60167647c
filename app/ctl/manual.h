// SPDX-License-Identifier: GPL-3.0-or-later
// What a program's own description of its arguments becomes besides its --help, so that none of it is ever
// behind.
#pragma once

#include "app/common/command_parser.h"

#include <QByteArray>

namespace punctual::ctl
{

/// A page of this section of the manual, in the language of man(7).
[[nodiscard]] QByteArray manualPage(const app::CommandParser& program, int section);

/// A script for bash that completes commands and options.
[[nodiscard]] QByteArray bashCompletion(const app::CommandParser& program);

} // namespace punctual::ctl
