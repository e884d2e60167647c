// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery_statistics.h"

#include <cmath>

namespace punctual
{

void DeliveryStatistics::add(MessageState state, Duration late, const LatenessParts& itsParts)
{
    ++attempts;
    delivered += state == MessageState::Delivered ? 1 : 0;
    retrying += state == MessageState::Retrying ? 1 : 0;
    dead += state == MessageState::Dead ? 1 : 0;
    unknown += state == MessageState::Unknown ? 1 : 0;
    lateness += late;
    mostLate = std::max(mostLate, late);
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] += itsParts[i];
    histogram.add(late);
}

void DeliveryStatistics::add(const DeliveryStatistics& other)
{
    second = other.second;
    destination = other.destination;
    attempts += other.attempts;
    delivered += other.delivered;
    retrying += other.retrying;
    dead += other.dead;
    unknown += other.unknown;
    lateness += other.lateness;
    mostLate = std::max(mostLate, other.mostLate);
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] += other.parts[i];
    histogram.add(other.histogram.counts());
}

Duration DeliveryStatistics::percentile(double share) const
{
    const auto rank = static_cast<qint64>(std::ceil(share * static_cast<double>(attempts)));
    qint64 seen = 0;
    for (std::size_t i = 0; i < LatenessHistogram::bounds.size(); ++i) {
        seen += histogram.counts()[i];
        if (seen >= rank && seen > 0)
            return std::min(Duration(LatenessHistogram::bounds[i]), mostLate);
    }
    return mostLate;
}

} // namespace punctual
