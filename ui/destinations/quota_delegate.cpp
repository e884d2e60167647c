// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/quota_delegate.h"

#include "ui/common/state_color.h"
#include "ui/destinations/destination_model.h"

#include <QPainter>

#include <algorithm>

namespace punctual::ui
{

void QuotaDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant share = index.data(DestinationModel::ShareRole);
    if (!share.isValid())
        return;
    // A line below the text: so the text stays legible on any ground.
    const double used = std::clamp(share.toDouble(), 0.0, 1.0);
    const Tone tone = used >= 1 ? Tone::Bad : used >= 0.8 ? Tone::Warning : Tone::Good;
    QRectF all = QRectF(option.rect).adjusted(4, 0, -12, -2);
    all.setTop(all.bottom() - 3);
    QColor ground = option.palette.color(QPalette::Text);
    ground.setAlphaF(0.18F);
    painter->fillRect(all, ground);
    all.setWidth(all.width() * used);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(all, isSelected ? option.palette.color(QPalette::HighlightedText)
                                      : toneColor(tone, option.palette));
}

} // namespace punctual::ui
