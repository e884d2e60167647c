// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/progress_delegate.h"

#include "ui/common/share_line.h"
#include "ui/operations/operation_model.h"

namespace punctual::ui
{

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    paintShareLine(*painter, option, index.data(OperationModel::ShareRole).toDouble(),
                   index.data(OperationModel::ToneRole).value<Tone>());
}

} // namespace punctual::ui
