// SPDX-License-Identifier: GPL-3.0-or-later
// What the attempts of one second and destination came to.
#pragma once

#include "core/lateness.h"
#include "core/message_state.h"

#include <QString>

namespace punctual
{

struct DeliveryStatistics
{
    std::chrono::sys_seconds second; // in which the attempts ended
    QString destination;
    qint64 attempts = 0;
    qint64 delivered = 0;
    qint64 retrying = 0;
    qint64 dead = 0;
    qint64 unknown = 0;
    Duration lateness{}; // the sum
    Duration mostLate{};
    LatenessParts parts{}; // the sums
    LatenessHistogram histogram;

    /// An attempt that brought its message into this state.
    void add(MessageState state, Duration late, const LatenessParts& itsParts);
    void add(const DeliveryStatistics& other);

    /// The lateness that this share of the attempts, in [0, 1], did not exceed: the upper bound of its step
    /// in the histogram, and never more than the worst. 0 without attempts.
    [[nodiscard]] Duration percentile(double share) const;
};

} // namespace punctual
