// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules of a destination have come to, as a person reads it at a terminal. Empty texts: nothing to
// say.
#pragma once

#include "core/destination.h"

#include <QString>

namespace punctual::ctl
{

/// "120 of 1000, until …".
[[nodiscard]] QString quotaOf(const Destination& destination, Instant now);
/// When it is used up at the pace so far, and how long that is; empty if it lasts.
[[nodiscard]] QString quotaPaceOf(const Destination& destination, Instant now);
/// "open until …: CAUSE".
[[nodiscard]] QString breakerOf(const LaneStatus& lane, Instant now);
/// "until …: BECAUSE".
[[nodiscard]] QString holdOf(const LaneStatus& lane, Instant now);
/// What the third party said last of its own limits.
[[nodiscard]] QString providerOf(const LaneStatus& lane);

} // namespace punctual::ctl
