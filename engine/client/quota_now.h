// SPDX-License-Identifier: GPL-3.0-or-later
// How a destination's quota stands: what is used of it, until when, and whether it lasts.
#pragma once

#include "core/destination.h"

#include <optional>

namespace punctual
{

struct QuotaNow
{
    qint64 limit = 0;
    qint64 used = 0; // since the period began
    Instant resetsAt;
    std::optional<Instant> runsOutAt; // at the pace of this period so far; nothing: it lasts
};

/// Nothing for a destination without a quota.
[[nodiscard]] std::optional<QuotaNow> quotaNow(const Destination& destination, Instant now);

} // namespace punctual
