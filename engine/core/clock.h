// SPDX-License-Identifier: GPL-3.0-or-later
// The time as the engine sees it: the database's. It is handed in, so that tests move it by hand.
#pragma once

#include "core/time.h"

namespace punctual
{

class Clock
{
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Never ahead of the database's clock, so that what is judged due really is.
    [[nodiscard]] virtual Instant now() const = 0;
};

} // namespace punctual
