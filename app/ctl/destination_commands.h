// SPDX-License-Identifier: GPL-3.0-or-later
// What the sub-commands of `destination` share, and those that have a file of their own.
#pragma once

#include "app/ctl/command.h"

#include <memory>
#include <string>

namespace punctual::ctl
{

void addDestinationAdd(CLI::App& parent, Command& chosen);
void addDestinationTest(CLI::App& parent, Command& chosen);
void addDestinationKeys(CLI::App& parent, Command& chosen);
void addDestinationRelease(CLI::App& parent, Command& chosen);

/// A sub-command whose first argument is the name of a destination.
CLI::App* addNamed(CLI::App& parent, const char* verb, const QString& description,
                   const std::shared_ptr<std::string>& name);

/// The destination for a program, or the sentence for a person.
void printOne(const Context& context, const Destination& destination, const QString& sentence);

} // namespace punctual::ctl
