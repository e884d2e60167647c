// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of an installation in the text format of Prometheus, version 0.0.4.
#pragma once

#include "core/metrics.h"

#include <QByteArray>

namespace punctual::api
{

/// So many destinations have lines of their own, the oldest; the others are added up as "(other)".
inline constexpr std::size_t mostDestinationLabels = 100;
/// So many nodes have lines of their own, at most: there are 64 shards.
inline constexpr std::size_t mostNodeLabels = 64;

/// `answered`: how long the database took for these figures.
[[nodiscard]] QByteArray metricsText(const Metrics& metrics, Duration answered);

/// What there is to say while the database is away.
[[nodiscard]] QByteArray metricsTextWithoutDatabase();

} // namespace punctual::api
