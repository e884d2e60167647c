// SPDX-License-Identifier: GPL-3.0-or-later
// Destinations as a person reads them at a terminal. Credentials are hidden.
#pragma once

#include "core/destination.h"

#include <QStringList>

#include <vector>

namespace punctual::ctl
{

/// A table, its heading first.
[[nodiscard]] std::vector<QStringList> rowsOf(const std::vector<Destination>& destinations, Instant now);

/// Names and values of one: its rules, and what they have come to.
[[nodiscard]] std::vector<QStringList> factsOf(const Destination& destination, Instant now);

} // namespace punctual::ctl
