// SPDX-License-Identifier: GPL-3.0-or-later
// What the sub-commands of `destination` share, and those that have a file of their own.
#pragma once

#include "app/ctl/command.h"

#include <memory>

namespace punctual::ctl
{

void addDestinationAdd(CommandParser& parent, Command& chosen);
void addDestinationTest(CommandParser& parent, Command& chosen);
void addDestinationKeys(CommandParser& parent, Command& chosen);
void addDestinationRelease(CommandParser& parent, Command& chosen);

/// A sub-command whose first argument is the name of a destination.
CommandParser addNamed(CommandParser& parent, const char* verb, const QString& description,
                       const std::shared_ptr<QString>& name);

/// The destination for a program, or the sentence for a person.
void printOne(const Context& context, const Destination& destination, const QString& sentence);

} // namespace punctual::ctl
