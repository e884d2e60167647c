// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/share_line.h"

#include <QPainter>
#include <QStyleOptionViewItem>

#include <algorithm>

namespace punctual::ui
{

void paintShareLine(QPainter& painter, const QStyleOptionViewItem& option, double share, Tone tone)
{
    QRectF line = QRectF(option.rect).adjusted(4, 0, -12, -2);
    line.setTop(line.bottom() - 3);
    QColor ground = option.palette.color(QPalette::Text);
    ground.setAlphaF(0.18F);
    painter.fillRect(line, ground);
    line.setWidth(line.width() * std::clamp(share, 0.0, 1.0));
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter.fillRect(line, isSelected ? option.palette.color(QPalette::HighlightedText)
                                      : toneColor(tone, option.palette));
}

} // namespace punctual::ui
