// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/option.h"

#include <CLI/CLI.hpp>

namespace punctual::app
{

Option::Option(CLI::Option& option)
    : m_option(&option)
{
}

Option Option::required()
{
    m_option->required();
    return *this;
}

Option Option::type(const char* name)
{
    m_option->type_name(name);
    return *this;
}

Option Option::showDefault()
{
    m_option->capture_default_str();
    return *this;
}

Option Option::oneOf(std::initializer_list<const char*> words)
{
    m_option->check(CLI::IsMember(std::vector<std::string>(words.begin(), words.end())));
    return *this;
}

Option Option::positive()
{
    m_option->check(CLI::PositiveNumber);
    return *this;
}

Option Option::namedEachTime()
{
    m_option->allow_extra_args(false);
    return *this;
}

Option Option::excludes(const Option& other)
{
    m_option->excludes(other.m_option);
    return *this;
}

Option Option::needs(const Option& other)
{
    m_option->needs(other.m_option);
    return *this;
}

} // namespace punctual::app
