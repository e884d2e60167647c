// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/quota_delegate.h"

#include "ui/common/share_line.h"
#include "ui/destinations/destination_model.h"

namespace punctual::ui
{

void QuotaDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant share = index.data(DestinationModel::ShareRole);
    if (!share.isValid())
        return;
    const double used = share.toDouble();
    const Tone tone = used >= 1 ? Tone::Bad : used >= 0.8 ? Tone::Warning : Tone::Good;
    paintShareLine(*painter, option, used, tone);
}

} // namespace punctual::ui
