// SPDX-License-Identifier: GPL-3.0-or-later
// The look that the tables of this window share.
#pragma once

#include <vector>

class QTableView;

namespace punctual::ui
{

/// Rows of one height that are selected whole, no grid, the last column takes what is left. `widths` are in
/// average characters.
void makeDense(QTableView& table, const std::vector<int>& widths);

} // namespace punctual::ui
