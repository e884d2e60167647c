// SPDX-License-Identifier: GPL-3.0-or-later
// What has to hold for every input. Where it does not, libFuzzer keeps the input as a crash.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace punctual::fuzz
{

inline void expect(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "Does not hold: %s\n", what);
    std::abort();
}

} // namespace punctual::fuzz
