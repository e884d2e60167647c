// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of an option, a flag or an argument after it was added to a CommandParser.
#pragma once

#include <initializer_list>

namespace CLI
{
class Option;
}

namespace punctual::app
{

/// A handle: a copy means the same option, and it is good for as long as its parser is.
class Option
{
public:
    explicit Option(CLI::Option& option);

    Option required();
    /// What stands for its value in the help.
    Option type(const char* name);
    /// Shows in the help what it is without being given.
    Option showDefault();

    Option oneOf(std::initializer_list<const char*> words);
    Option positive();
    /// For several values: each needs the name of the option before it.
    Option namedEachTime();

    Option excludes(const Option& other);
    Option needs(const Option& other);

private:
    CLI::Option* m_option;
};

} // namespace punctual::app
