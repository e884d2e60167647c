// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of a window show, in the transaction of the connection.
#pragma once

#include "core/figures.h"
#include "store/connection.h"

namespace punctual::client
{

[[nodiscard]] Result<Figures> figures(store::Connection& connection, const FigureSteps& steps);
/// InvalidInput for a window without sense.
[[nodiscard]] Result<WindowFigures> windowFigures(store::Connection& connection, const FigureWindow& window);
[[nodiscard]] Result<std::vector<DestinationFigures>> destinationFigures(store::Connection& connection);
[[nodiscard]] Result<HealthFigures> healthFigures(store::Connection& connection);

} // namespace punctual::client
