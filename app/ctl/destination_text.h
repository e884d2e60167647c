// SPDX-License-Identifier: GPL-3.0-or-later
// Destinations as a person reads them at a terminal. Credentials are hidden.
#pragma once

#include "core/destination.h"

#include <QStringList>

#include <vector>

namespace punctual::ctl
{

/// A table, its heading first.
[[nodiscard]] std::vector<QStringList> rowsOf(const std::vector<Destination>& destinations);

/// Names and values of one.
[[nodiscard]] std::vector<QStringList> factsOf(const Destination& destination);

} // namespace punctual::ctl
