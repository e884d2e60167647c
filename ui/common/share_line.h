// SPDX-License-Identifier: GPL-3.0-or-later
// A thin gauge under the text of a cell: so the text stays legible on any ground.
#pragma once

#include "ui/common/state_color.h"

class QPainter;
class QStyleOptionViewItem;

namespace punctual::ui
{

/// `share` is 0 to 1; what is outside is cut.
void paintShareLine(QPainter& painter, const QStyleOptionViewItem& option, double share, Tone tone);

} // namespace punctual::ui
