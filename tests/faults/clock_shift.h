// SPDX-License-Identifier: GPL-3.0-or-later
// What a test and the processes whose clock it sets have in common: a file of this form, mapped by all.
#pragma once

#include <atomic>

namespace punctual::test
{

struct ClockShift
{
    std::atomic<long> wall; // nanoseconds that CLOCK_REALTIME is ahead
    std::atomic<long> boot; // likewise CLOCK_BOOTTIME
};
static_assert(std::atomic<long>::is_always_lock_free);

} // namespace punctual::test
