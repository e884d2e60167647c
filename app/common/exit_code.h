// SPDX-License-Identifier: GPL-3.0-or-later
// How the programs end: numbers that scripts rely on. They never change their meaning.
#pragma once

#include "core/result.h"

namespace punctual::app
{

enum class ExitCode {
    Done = 0,
    Fault = 1,        // of this program or of the installation
    Usage = 2,        // wrong arguments or settings, or invalid input
    NotFound = 3,     // the named thing does not exist
    NotPossible = 4,  // not in this state, for instance a cancel that came too late
    DatabaseAway = 5, // try again later
    Unpunctual = 6,   // the self-test found messages that were early, lost or sent twice
};

[[nodiscard]] constexpr ExitCode exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
    case ErrorCode::TooLarge:
        return ExitCode::Usage;
    case ErrorCode::NotFound:
        return ExitCode::NotFound;
    case ErrorCode::Conflict:
        return ExitCode::NotPossible;
    case ErrorCode::Unavailable:
        return ExitCode::DatabaseAway;
    case ErrorCode::Unauthenticated:
    case ErrorCode::Forbidden:
    case ErrorCode::Unsupported:
    case ErrorCode::Internal:
        break;
    }
    return ExitCode::Fault;
}

} // namespace punctual::app
