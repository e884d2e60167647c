// SPDX-License-Identifier: GPL-3.0-or-later
// An open file descriptor that is closed in the end.
#pragma once

#include <unistd.h>

namespace punctual::app
{

class Descriptor
{
public:
    /// One below 0 is none.
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

} // namespace punctual::app
