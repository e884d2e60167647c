// SPDX-License-Identifier: GPL-3.0-or-later
// What was used of a destination's quota at the end of a minute.
#pragma once

#include "core/time.h"

namespace punctual
{

struct QuotaMinute
{
    Instant minute;
    qint64 used = 0; // since the period began
    qint64 limit = 0;
    Instant resetsAt; // when the period ends
};

} // namespace punctual
